/** Gives the running development deployment a mission whose one task is open to any machine; its owner plans it too. */
import { readFileSync } from 'node:fs'
import { deploymentOf, authorIn, clientFor, dataFolder } from '../../cli/lib/stack.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { send } from '../../runtime/client/client.ts'
import { systemClock } from '../../runtime/clock/clock.ts'
import { INTEGRATOR, OWNER } from '../../scripts/start/people.ts'

const data = dataFolder(process.env.GENESIS_DATA)
const client = clientFor({ data })
const { deployment } = await deploymentOf(client)
const owner = authorIn(data, OWNER.id)
const mission = `mission-inventory-${Date.now().toString(36)}`

async function told(type: string, body: Json): Promise<void> {
  const reply = await send(client, deployment, owner, systemClock, { type, subject: mission, body })
  if (!reply.ok) throw new Error(`${type}: ${JSON.stringify(reply.problem)}`)
}

const bytes = Uint8Array.from(
  readFileSync(new URL('../low-risk-documentation/handbook/README.md', import.meta.url)),
)
const stored = await client.upload(bytes)
if (!stored.ok) throw new Error(stored.problem.code)
await told('mission.create', { title: 'Inventory of the handbook', summary: 'What is in it, and what does it link to?' })
await told('mission.scope', {
  scope: 'List the headings, links and terms of the handbook as inventory.json.',
  mission_class: 'documentation_update',
  domain_type: 'objective',
  acceptance_criteria: ['Every heading, link and term of the handbook is listed once, with its line.'],
  risk_acknowledgement: 'A wrong inventory would send readers to the wrong place.',
  inputs: [{ name: 'handbook.md', digest: stored.value, bytes: bytes.length, media_type: 'text/markdown' }],
  planner: OWNER.id,
  integrator: INTEGRATOR,
})
const task = {
  id: 'inventory',
  title: 'Inventory of the handbook',
  instructions: 'Read handbook.md and hand in inventory.json.',
  domain_type: 'objective',
  depends_on: [],
}
await told('mission.plan', { tasks: [task] })
console.log(mission)
