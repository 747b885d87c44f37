// `npm start`: the development stack.
import { launch } from './setup/launch.mjs'

await launch('scripts/start.ts')
