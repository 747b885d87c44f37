import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { genesis } from './support/run.ts'

const COMMANDS = [
  'agent',
  'conform',
  'constitution',
  'contract',
  'export',
  'keys',
  'mcp',
  'mission',
  'redteam',
  'verify',
]

describe('help', () => {
  it('names every command, and the exit codes', async () => {
    const { code, out } = await genesis('--help')
    assert.equal(code, 0)
    for (const command of COMMANDS) assert.match(out, new RegExp(`^  ${command} `, 'm'))
    assert.match(out, /Exit codes: 0 yes, 1 no, 2/)
  })

  for (const command of COMMANDS) {
    it(`of ${command} has a usage, an example and the exit codes`, async () => {
      const { code, out, err } = await genesis(command, '--help')
      assert.deepEqual([code, err], [0, ''])
      assert.match(out, /^Usage: genesis /)
      assert.match(out, /^Examples:\n {2}genesis /m)
      assert.match(out, /Exit codes: /)
    })
  }

  for (const [command, ...steps] of [
    ['mission', 'new', 'list', 'show', 'work', 'review', 'approve'],
    ['keys', 'new', 'show', 'rotate'],
    ['agent', 'register', 'link', 'run'],
  ] as const) {
    it(`of each step of ${command} is its own, or its command’s`, async () => {
      for (const step of steps) {
        const { code, out } = await genesis(command, step, '--help')
        assert.equal(code, 0, step)
        assert.match(out, new RegExp(`^Usage: genesis ${command}`))
        assert.match(out, /^Examples?:/m)
      }
    })
  }

  it('is not needed for what an option lacks: that is one line, with exit code 2', async () => {
    const { code, out, err } = await genesis('agent', 'link', '--agent-id', '-1')
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /^usage: [^\n]*--agent-id[^\n]*\n$/)
    const extra = await genesis('agent', 'link', 'scribe', '--id', 'scribe')
    assert.deepEqual([extra.code, extra.out], [2, ''])
    assert.match(extra.err, /^usage: [^\n]*'scribe'[^\n]*\n$/)
  })

  it('is asked for behind other options as well, and nothing else is done then', async () => {
    for (const command of COMMANDS.filter((one) => one !== 'mission')) {
      const { code, out } = await genesis(command, '--json', '--help')
      assert.equal(code, 0, command)
      assert.match(out, new RegExp(`^Usage: genesis ${command}`))
    }
  })

  it('is what an unknown command or none gets pointed to, with exit code 2', async () => {
    const unknown = await genesis('verifiy')
    assert.deepEqual([unknown.code, unknown.out], [2, ''])
    assert.match(unknown.err, /^command-unknown: verifiy\. See genesis --help\.\n$/)
    assert.equal((await genesis()).code, 2)
  })
})
