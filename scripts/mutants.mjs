// `npm run mutants`: one guard of the law broken at a time; a test has to fail.
import { launch } from './setup/launch.mjs'

await launch('scripts/mutants/main.ts')
