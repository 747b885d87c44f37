// npm runs this after it has changed node_modules (the `dependencies` script of package.json).
//
// Someone who ran `npm install something` has the packages the new lock file names: say so in the stamp, or the next
// start would install everything again. Only if npm itself ran under a Node that is new enough, though: an older one
// leaves out native packages, and then the next start must put that right.
import { writeFileSync } from 'node:fs'
import { completeLockFile } from './complete-lock.mjs'
import { STAMP, fingerprint, isNewEnough } from './places.mjs'

const npmRanUnder = /\bnode\/(\S+)/.exec(process.env.npm_config_user_agent ?? '')?.[1]
completeLockFile()
if (npmRanUnder !== undefined && isNewEnough(npmRanUnder)) writeFileSync(STAMP, fingerprint())
