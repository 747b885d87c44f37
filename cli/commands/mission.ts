/** `genesis mission`: give work, follow it, and decide on it. */
import { EXIT, type Command } from '../lib/command.ts'
import { usage } from '../lib/usage.ts'
import { approve, APPROVE_HELP } from './mission/approve.ts'
import { list, LIST_HELP, show, SHOW_HELP } from './mission/look.ts'
import { newMission, NEW_HELP } from './mission/new.ts'
import { review, REVIEW_HELP, work, WORK_HELP } from './mission/work.ts'
import type { Io } from '../lib/command.ts'

const HELP = `Usage: genesis mission <new|list|show|work|review|approve> [options]

  new       create and scope a mission, and follow it
  list      all missions
  show      one mission: what was asked, done, reviewed, and what it waits for
  work      tasks that wait for a worker; or let a built-in agent take its turn
  review    reviews that wait for a reviewer; or let a built-in agent take its turn
  approve   decide at the final gate with a wallet: approve, or --reject

Examples:
  genesis mission new --class documentation_update --file guide.md
  genesis mission show mission-high-risk
  genesis mission approve mission-high-risk --as noor --i-understand-it --i-commit-it --i-accept-its-consequences

Each has its own --help. Exit codes: 0 yes, 1 no (withheld, rejected, rework), 2 the input could not be used.
`

type Part = { readonly help: string; readonly run: (args: readonly string[], io: Io) => Promise<number> }

const PARTS: { readonly [name: string]: Part } = {
  new: { help: NEW_HELP, run: newMission },
  list: { help: LIST_HELP, run: list },
  show: { help: SHOW_HELP, run: show },
  work: { help: WORK_HELP, run: work },
  review: { help: REVIEW_HELP, run: review },
  approve: { help: APPROVE_HELP, run: approve },
}

export const command: Command = {
  name: 'mission',
  summary: 'give work, follow it, decide on it',
  help: HELP,
  run: (args, io) => {
    const [name, ...rest] = args
    const part = name !== undefined && Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
    if (part === undefined) throw usage(`say what to do: ${Object.keys(PARTS).join(', ')}`)
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(part.help)
      return Promise.resolve(EXIT.yes)
    }
    return part.run(rest, io)
  },
}
