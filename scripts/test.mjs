// `npm test`: every check of the project, in order. `npm test -- protocol runtime` runs only the named stages.
import { launch } from './setup/launch.mjs'

await launch('scripts/test/main.ts')
