/**
 * `npm start` from the first second to the last: two missions on their way, one epoch on chain, mistakes told in one
 * line, killed, started again, stopped.
 */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { temporaryFolder } from '../support/folder.ts'
import { freePorts } from '../support/free-ports.ts'
import { processesOn, start, type Started } from './start-child.ts'

type Outbox = { epochs: { epoch: number; state: string; transaction: string }[] }
type Missions = { missions: { id: string; state: string }[] }

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  return (await response.json()) as T
}

async function missionStates(url: string): Promise<{ [id: string]: string }> {
  const { missions } = await json<Missions>(`${url}/v1/missions`)
  return Object.fromEntries(missions.map(({ id, state }) => [id, state]))
}

/** A start that must not succeed: its exit code, and the one line in which it says why. */
async function refused(started: Started): Promise<string> {
  assert.equal(await started.ended, 1)
  const lines = started.err().trim().split('\n')
  assert.equal(lines.length, 1, started.err())
  assert.equal(started.out().includes('READY'), false)
  return lines[0] ?? ''
}

async function stopped(started: Started, data: string): Promise<void> {
  started.child.kill('SIGINT')
  assert.equal(await started.ended, 0, started.err())
  assert.match(started.out(), /stopped\n$/)
  assert.deepEqual(processesOn(data), [], 'nothing is left running')
  for (const file of ['start.pid', 'chain/pid']) assert.equal(existsSync(join(data, file)), false, file)
}

test('the whole stack: started, mistaken, killed, started again, stopped', async (t) => {
  const folder = temporaryFolder(t)
  const data = join(folder, 'data')
  const [port = 0, chainPort = 0, otherPort = 0, otherChainPort = 0] = await freePorts(4)
  const here = ['--port', String(port), '--chain-port', String(chainPort)]
  const elsewhere = ['--port', String(otherPort), '--chain-port', String(otherChainPort)]
  t.after(() => {
    for (const { pid } of processesOn(folder)) process.kill(pid, 'SIGKILL')
  })
  const first = start(t, ['--data', data, ...here])

  await t.test('mistakes are one clear line each, and exit code 1', async (t) => {
    while (!first.out().includes('opening the ledger')) await after(50)
    const foreign = join(folder, 'foreign')
    mkdirSync(foreign)
    writeFileSync(join(foreign, 'letter.txt'), 'Dear Noor')
    const [option, value, ports, same, reset, taken, takenChain, notOurs] = await Promise.all([
      refused(start(t, ['--prot', '1'])),
      refused(start(t, ['--port', 'http'])),
      refused(start(t, ['--port', '5000', '--chain-port', '5000'])),
      refused(start(t, ['--data', data, ...elsewhere])),
      refused(start(t, ['--data', data, '--reset', ...elsewhere])),
      refused(start(t, ['--data', join(folder, 'b'), '--port', String(port), '--chain-port', String(otherChainPort)])),
      refused(start(t, ['--data', join(folder, 'c'), '--port', String(otherPort), '--chain-port', String(chainPort)])),
      refused(start(t, ['--data', foreign, '--reset', ...elsewhere])),
    ])
    assert.match(option, /^option-unknown .*--prot/)
    assert.match(value, /^option-invalid .*--port/)
    assert.match(ports, /^option-invalid .*--chain-port/)
    assert.match(same, /^already-started .*pid: \d+/)
    assert.match(reset, /^already-started /)
    assert.match(taken, new RegExp(`^port-taken .*${port}.*--port`))
    assert.match(takenChain, new RegExp(`^port-taken .*${chainPort}`))
    assert.match(notOurs, /^data-folder-foreign /)
    assert.equal(readFileSync(join(foreign, 'letter.txt'), 'utf8'), 'Dear Noor')
  })

  await t.test('--help says how, and starts nothing', async (t) => {
    const help = start(t, ['--help'])
    assert.equal(await help.ended, 0)
    assert.match(help.out(), /Usage: npm start/)
  })

  const url = await first.ready
  await t.test('READY: both missions are where they should be, and an epoch is final on chain', async () => {
    assert.equal(url, `http://127.0.0.1:${port}`)
    const states = await missionStates(url)
    assert.deepEqual(states, { 'mission-low-risk': 'Completed', 'mission-high-risk': 'FinalHumanGate' })
    const { epochs } = await json<Outbox>(`${url}/v1/outbox`)
    assert.equal(epochs[0]?.state, 'final')
    const stack = JSON.parse(readFileSync(join(data, 'stack.json'), 'utf8')) as { url: string; rpc: string }
    assert.deepEqual([stack.url, stack.rpc], [url, `http://127.0.0.1:${chainPort}`])
    for (const file of ['keys/password', 'keys/wallets.json', 'keys/committee/0.json', 'keys/identities/noor.pem']) {
      assert.equal(statSync(join(data, file)).mode & 0o777, 0o600, file)
    }
  })
  const before = {
    deployment: await json<{ id: string }>(`${url}/v1/deployment`),
    entries: await entriesOf(url),
    outbox: await json<Outbox>(`${url}/v1/outbox`),
  }

  let second: Started | undefined
  await t.test('killed and started again: chain and ledger are as they were', async (t2) => {
    first.child.kill('SIGKILL')
    await first.ended
    const left = processesOn(data)
    assert.equal(left.length, 1, 'the chain outlives a kill')
    second = start(t, ['--data', data, ...here])
    assert.equal(await second.ready, url)
    assert.equal(second.out().includes('deploying'), false)
    assert.notEqual(processesOn(join(data, 'chain'))[0]?.pid, left[0]?.pid, 'the next start ended it')
    assert.deepEqual(await json(`${url}/v1/deployment`), before.deployment)
    const entries = await entriesOf(url)
    assert.deepEqual(entries.slice(0, before.entries.length), before.entries)
    const outbox = await json<Outbox>(`${url}/v1/outbox`)
    assert.deepEqual(outbox.epochs[0], before.outbox.epochs[0])
    const receipt = await rpcOf(chainPort, 'eth_getTransactionReceipt', [outbox.epochs[0]?.transaction])
    assert.ok(receipt !== null, 'the transaction is still on chain')
    assert.deepEqual(await missionStates(url), {
      'mission-low-risk': 'Completed',
      'mission-high-risk': 'FinalHumanGate',
    })
    t2.diagnostic(`second start: ${/(\S+) s {2}data in/.exec(second.out())?.[1]} s`)
  })

  await t.test('Ctrl-C leaves nothing running', async () => {
    assert.ok(second !== undefined)
    await stopped(second, data)
  })

  await t.test('half a chain file gives way to its copy; Ctrl-C during the start undoes it', async (t2) => {
    const state = join(data, 'chain', 'state.json')
    truncateSync(state, Math.floor(statSync(state).size / 2))
    const third = start(t2, ['--data', data, ...here])
    while (!third.out().includes('opening the ledger')) {
      assert.equal(third.child.exitCode, null, third.err())
      await after(20)
    }
    await stopped(third, data)
    assert.equal(third.out().includes('READY'), false)
  })

  await t.test('a chain that lost our contracts, a foreign one and a lost file are refused', async (t2) => {
    for (const file of ['state.json', 'state.kept.json']) rmSync(join(data, 'chain', file))
    assert.match(await refused(start(t2, ['--data', data, ...here])), /^chain-without-contracts .*--reset/)
    rmSync(join(data, 'chain'), { recursive: true })
    assert.match(await refused(start(t2, ['--data', data, ...here])), /^chain-foreign .*--reset/)
    rmSync(join(data, 'deployment.json'))
    assert.match(await refused(start(t2, ['--data', data, ...here])), /^deployment-file-missing .*--reset/)
    assert.deepEqual(processesOn(data), [])
  })

  await t.test(
    '--reset forgets it all and begins anew; a chain that dies ends the stack with the reason',
    async (t2) => {
      const anew = start(t2, ['--data', data, '--reset', '--no-missions', ...here])
      const again = await anew.ready
      assert.notDeepEqual(await json(`${again}/v1/deployment`), before.deployment)
      assert.deepEqual(await missionStates(again), {})
      // A chain that dies under the stack ends it, with the reason.
      const [chain] = processesOn(join(data, 'chain'))
      assert.ok(chain !== undefined)
      process.kill(chain.pid, 'SIGKILL')
      assert.equal(await anew.ended, 1)
      assert.match(anew.err(), /^chain-died .*Start again/m)
      assert.deepEqual(processesOn(data), [])
    },
  )
})

async function entriesOf(url: string): Promise<string[]> {
  const response = await fetch(`${url}/v1/entries?from=0&limit=10000`)
  return (await response.text()).split('\n').filter((line) => line !== '')
}

async function rpcOf(port: number, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  return ((await response.json()) as { result: unknown }).result
}
