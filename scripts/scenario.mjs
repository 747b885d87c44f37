// `npm run scenario`: a scripted month on a development clock.
import { launch } from './setup/launch.mjs'

await launch('scripts/scenario.ts')
