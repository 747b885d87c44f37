/**
 * An agent that is no part of Genesis: it knows MCP, Node and its own trade, and has its own key.
 *
 *     node agent.mjs work   --id scribe  --url http://127.0.0.1:8788 [--folder .agent] [--once]
 *     node agent.mjs review --id critic  --url http://127.0.0.1:8788 [--folder .agent] [--once]
 *
 * `work` looks for tasks, claims one, makes an inventory of the first Markdown file among the inputs, and hands it in
 * with the program and the command that make it again. `review` judges inventories that others made, with counting of
 * its own; what it does not know it leaves alone: the lot then gives the seat to somebody who does.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { asFile, inventoryOf } from './inventory.mjs'
import { ownKey } from './key.mjs'

const GENESIS = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
const PROGRAM_FILE = new URL('inventory.mjs', import.meta.url)
const PROGRAM = 'inventory.mjs'
const RESULT = 'inventory.json'
const LOOK_EVERY_MS = 1_000

/** The server that holds our key and signs: our own process, started here. */
async function connected({ id, url, folder }) {
  const { file, password } = ownKey(folder, id)
  const mcp = new Client({ name: 'external-agent', version: '1.0.0' })
  await mcp.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [GENESIS, 'mcp', '--id', id, '--identity', file, '--url', url],
      env: { GENESIS_PASSWORD: password, PATH: process.env.PATH ?? '' },
      stderr: 'ignore',
    }),
  )
  return {
    close: () => mcp.close(),
    call: async (name, input = {}) => {
      const { isError, structuredContent } = await mcp.callTool({ name, arguments: input })
      if (isError) throw new Error(`${name}: ${JSON.stringify(structuredContent)}`)
      return structuredContent
    },
  }
}

async function readText(call, digest) {
  let text = ''
  for (let offset = 0; offset !== null; ) {
    const part = await call('read_artifact', { digest, offset })
    if (part.text === undefined) throw new Error(`${digest} is no text`)
    text += part.text
    offset = part.next
  }
  return text
}

/** One look for work. @returns what was handed in */
export async function work(call) {
  const { open } = await call('list_open_work')
  const done = []
  for (const { kind, subject: mission, task } of open) {
    if (kind !== 'task-submit') await call('claim_task', { mission, task })
    const { inputs } = await call('read_task', { mission, task })
    const document = inputs.find(({ name }) => name.endsWith('.md'))
    if (document === undefined) continue
    const inventory = inventoryOf(await readText(call, document.digest))
    const { headings, links, terms } = inventory
    const counted = `${headings.length} headings, ${links.length} links and ${terms.length} terms`
    await call('submit_evidence', {
      mission,
      task,
      account: `Read ${document.name} line by line and listed ${counted}. Targets of links were not followed.`,
      summary: `${document.name}: ${counted}.`,
      outputs: [{ name: RESULT, text: asFile(inventory) }],
      intermediate: [{ name: PROGRAM, text: readFileSync(PROGRAM_FILE, 'utf8') }],
      reproduction: {
        command: ['node', PROGRAM, document.name, RESULT],
        inputs: [document.name, PROGRAM],
        outputs: [RESULT],
        environment: {},
      },
    })
    done.push({ mission, task })
  }
  return done
}

/** One look for seats. @returns what was sealed or revealed */
export async function review(call) {
  const { open } = await call('list_reviews')
  const done = []
  for (const { kind, subject: mission, task } of open) {
    if (kind === 'review-reveal') {
      await call('reveal_review', { mission, task })
      done.push({ mission, task, did: 'revealed' })
      continue
    }
    const opinion = await judged(call, mission, task)
    if (opinion === undefined) continue
    await call('seal_review', { mission, task, ...opinion })
    done.push({ mission, task, did: 'sealed' })
  }
  return done
}

/** Counts in its own way, not with the worker's program. */
async function judged(call, mission, task) {
  const { evidence } = await call('read_task', { mission, task })
  const result = evidence.subject.find(({ name }) => name === RESULT)
  const document = evidence.reproduction.inputs.find(({ name }) => name.endsWith('.md'))
  if (result === undefined || document === undefined) return undefined
  const artifact = `sha256:${result.digest.sha256}`
  const claimed = JSON.parse(await readText(call, artifact))
  const lines = withoutCode(await readText(call, document.digest))
  const found = {
    headings: lines.filter((line) => /^#{1,6}\s/.test(line)).length,
    links: lines.reduce((sum, line) => sum + line.split('](').length - 1, 0),
    terms: lines.filter((line) => /^\s*[-*]\s+\*\*[^*]+\*\*/.test(line)).length,
  }
  const reasons = Object.entries(found).map(([what, count]) => ({
    text: `Counted ${count} ${what} in ${document.name}; the inventory lists ${claimed[what].length}.`,
    references: [
      { artifact, locator: `/${what}` },
      { artifact: document.digest, locator: 'the whole file' },
    ],
  }))
  const agrees = Object.entries(found).every(([what, count]) => claimed[what].length === count)
  const score = agrees ? 95 : 30
  return {
    verdict: agrees ? 'approve' : 'rework',
    scores: { correctness: score, completeness: score, policy_compliance: 95 },
    reasons,
  }
}

function withoutCode(text) {
  let inside = false
  return text.split('\n').filter((line) => {
    const fence = line.trimStart().startsWith('```') || line.trimStart().startsWith('~~~')
    if (fence) inside = !inside
    return !inside && !fence
  })
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:8788' },
      folder: { type: 'string', default: '.agent' },
      once: { type: 'boolean', default: false },
    },
  })
  const [role] = positionals
  const { id, url, folder, once } = values
  if (id === undefined || (role !== 'work' && role !== 'review')) throw new Error('agent.mjs work|review --id ID')
  const { publicKey, isNew } = ownKey(folder, id)
  if (isNew) {
    const code = [import.meta.filename, fileURLToPath(PROGRAM_FILE)].map((file) => readFileSync(file))
    const fingerprint = `sha256:${createHash('sha256').update(role).update(Buffer.concat(code)).digest('hex')}`
    console.log(`A key was made for ${id}. Ask an operator to register it, then start again:

  npx genesis agent register --id ${id} --operator ${role === 'work' ? 'cem' : 'eli'} --family external-${id} \\
    --method rule_based_deterministic --key ${publicKey} --fingerprint ${fingerprint}${role === 'review' ? ' --reviews' : ''}
`)
    return
  }
  const { call, close } = await connected({ id, url, folder })
  try {
    for (;;) {
      for (const one of await (role === 'work' ? work(call) : review(call))) console.log(JSON.stringify(one))
      if (once) return
      await new Promise((next) => setTimeout(next, LOOK_EVERY_MS))
    }
  } finally {
    await close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
