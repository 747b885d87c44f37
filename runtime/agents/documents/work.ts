/** Work on a documentation mission: the repair program, run in the sandbox over the document and what came with it. */
import { Fault } from '../../../protocol/wire/fault.ts'
import { runInSandbox } from '../sandbox/sandbox.ts'
import type { Job, NamedBytes, Produced, Work } from '../skill.ts'
import { layoutOf, programFiles, type Layout } from './bundle-files.ts'
import { parseCheck, type Check } from './check.ts'

/** Faults: `no-document`, `repair-failed`, and the sandbox's codes. */
export async function work(job: Job): Promise<Work> {
  const layout = layoutOf(job.inputs)
  const program = programFiles(layout.program)
  const inputs = [...job.inputs, ...program]
  const { document, diff, check } = await repaired(layout, inputs)
  const done = parseCheck(check)
  if (!done.ok) throw new Fault('repair-failed', { code: done.error.code })
  return {
    account: accountOf(done.value),
    outputs: [
      { name: layout.outputs.document, mediaType: 'text/markdown', bytes: document },
      { name: layout.outputs.diff, mediaType: 'text/x-diff', bytes: diff },
      { name: layout.outputs.check, mediaType: 'application/json', bytes: check },
    ],
    intermediate: program.map(({ name, bytes }): Produced => ({ name, mediaType: 'text/x-typescript', bytes })),
    reproduction: {
      command: layout.command,
      inputs: inputs.map(({ name }) => name),
      outputs: Object.values(layout.outputs),
      environment: { TZ: 'UTC', GENESIS_NODE: process.version.replace(/\..*/, '') },
    },
    summary: summaryOf(done.value),
  }
}

async function repaired(layout: Layout, inputs: readonly NamedBytes[]) {
  const { command, outputs } = layout
  const run = await runInSandbox({ command, inputs, outputs: Object.values(outputs), environment: { TZ: 'UTC' } })
  if (!run.ok) throw new Fault(run.error.code, run.error.params ?? {})
  const { exitCode, stderr } = run.value
  const made = (name: string): Uint8Array => {
    const bytes = run.value.outputs.get(name)
    if (bytes === undefined || exitCode !== 0)
      throw new Fault('repair-failed', { exitCode, stderr: stderr.slice(-300) })
    return bytes
  }
  return { document: made(outputs.document), diff: made(outputs.diff), check: made(outputs.check) }
}

function accountOf(check: Check): string {
  if (check.encoding !== 'utf-8') return 'The document is no UTF-8 text. It was left as it is.'
  const { links, contents } = check
  const list = {
    absent: 'The document has no table of contents.',
    kept: 'The list under the heading of contents has other things in it and was left alone.',
    current: 'The table of contents was right.',
    regenerated: `The table of contents was written anew, with ${contents.entries} entries.`,
  }[contents.state]
  const broken = `${links.unrepaired.total} could not be repaired and ${links.unchecked.total} could not be checked`
  const counted = `Of ${links.relative} links into the tree ${links.correct} were right, ${links.repaired.total} were repaired`
  return `${list} ${counted}, ${broken}. Nothing else was changed.`
}

function summaryOf(check: Check): string {
  if (!check.changed) return `${check.document} needed no repair that could be made with certainty.`
  const contents = check.contents.state === 'regenerated' ? 'a new table of contents and ' : ''
  const { repaired, unrepaired } = check.links
  return `${check.document}: ${contents}${repaired.total} links repaired; ${unrepaired.total} left for their author.`
}
