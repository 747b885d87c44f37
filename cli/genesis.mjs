#!/usr/bin/env node
// `npx genesis`: hands over to main.ts under the project's own Node. npx starts this file with whatever Node is
// installed outside, and the rest of the command line does not run on old ones.
import { isSetUp } from '../scripts/setup/places.mjs'
import { runUnderProjectNode } from '../scripts/setup/launch.mjs'

if (isSetUp()) {
  // The person's own folder: the command line takes paths from where they stand.
  runUnderProjectNode('cli/main.ts', process.cwd())
} else {
  console.error('genesis is not set up yet: run "npm run setup" in the folder of the project once.')
  process.exitCode = 1
}
