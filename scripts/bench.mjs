// `npm run bench`: the measurements behind the numbers in the docs.
import { launch } from './setup/launch.mjs'

await launch('bench/main.ts')
