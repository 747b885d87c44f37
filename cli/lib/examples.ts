/** `genesis verify --examples`: the two worked missions, judged from their evidence alone (M-07, M-08). */
import { join } from 'node:path'
import { checkExample, EXAMPLE_FOLDERS } from '../../runtime/agents/rerun/examples.ts'
import { installNativeSha256 } from '../../runtime/signatures/signatures.ts'
import { ROOT } from '../../scripts/setup/places.mjs'
import { EXIT, type Io } from './command.ts'
import { progressLine } from './progress.ts'

type Options = { readonly rerun: boolean; readonly json: boolean }

export async function verifyExamples(io: Io, { rerun, json }: Options): Promise<number> {
  installNativeSha256()
  const line = progressLine(io)
  const examples = []
  for (const folder of EXAMPLE_FOLDERS) {
    line.show(`judging ${folder}`)
    examples.push({ folder, ...(await checkExample(join(ROOT, folder), { rerun })) })
  }
  line.clear()
  const verified = examples.every(({ findings }) => findings.length === 0)
  const verdict = verified ? 'verified' : 'unverifiable'
  if (json) io.out(`${JSON.stringify({ verdict, examples })}\n`)
  else {
    for (const { folder, mission, tier, findings, facts } of examples) {
      io.out(`${findings.length === 0 ? 'holds  ' : 'FAILED '}  ${mission} (${tier}), ${folder}\n`)
      const known = Object.entries(facts).map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`)
      if (known.length > 0) io.out(`         ${known.join(', ')}\n`)
      for (const { code, params } of findings) io.out(`         ${code}: ${JSON.stringify(params)}\n`)
    }
    io.out(`verdict  ${verdict}\n`)
  }
  return verified ? EXIT.yes : EXIT.no
}
