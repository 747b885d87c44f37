/** The sandbox: what a declared command can and cannot do. Where none can be made, only refusals are tested. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { utf8 } from '../../../../protocol/wire/bytes.ts'
import { digest } from '../../../../protocol/wire/sha256.ts'
import { confine } from '../../../../runtime/agents/sandbox/confine.ts'
import { engine } from '../../../../runtime/agents/sandbox/engine.ts'
import { layOut, readBack } from '../../../../runtime/agents/sandbox/folder.ts'
import { DEFAULT_LIMITS } from '../../../../runtime/agents/sandbox/request.ts'
import { runInSandbox, sandboxAvailable, type SandboxRequest } from '../../../../runtime/agents/sandbox/sandbox.ts'
import { temporaryFolder } from '../../../support/folder.ts'

const available = await sandboxAvailable()
const skip = available.ok ? false : `no sandbox here: ${JSON.stringify(available.error.params)}`

const file = (name: string, text: string) => ({ name, digest: digest(text), bytes: utf8(text) })

async function run(script: string, more: Partial<SandboxRequest> = {}) {
  const inputs = [file('script.mjs', script), ...(more.inputs ?? [])]
  return runInSandbox({ command: ['node', 'script.mjs'], outputs: [], ...more, inputs })
}

async function answer(script: string, more: Partial<SandboxRequest> = {}) {
  const result = await run(script, more)
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

async function refusal(request: Partial<SandboxRequest>) {
  const result = await run('', request)
  assert.ok(!result.ok)
  return result.error.code
}

/** Runs a script with the namespaces alone, Node's own permission model left out. */
async function raw(t: TestContext, script: string, outputs: readonly string[]) {
  const folder = temporaryFolder(t)
  const found = engine()
  assert.ok(found.ok)
  await layOut(folder, found.value, { command: [], inputs: [file('script.mjs', script)], outputs })
  const ended = await confine(folder, ['/bin/node', 'script.mjs'], DEFAULT_LIMITS, script.length)
  return { left: await readBack(folder), stdout: ended.stdout + ended.stderr }
}

/** Says what came of an attempt: its value, or the error's code. */
const ATTEMPT = `
  import { createRequire } from 'node:module'
  import * as fs from 'node:fs'
  const attempt = (what) => { try { return String(what()) } catch (error) { return error.code } }
`

suite('the sandbox', { skip }, () => {
  test('runs the command over its inputs and reads the declared outputs back', async () => {
    const script = `import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
      mkdirSync('out'); writeFileSync('out/b.txt', readFileSync('in/a.txt', 'utf8').toUpperCase())
      console.log(process.argv.slice(2).join('|'), process.env.TZ, process.cwd())`
    const { exitCode, stdout, outputs } = await answer(script, {
      command: ['node', 'script.mjs', 'one two', '--three'],
      inputs: [file('in/a.txt', 'text')],
      outputs: ['out/b.txt', 'out/missing.txt'],
      environment: { TZ: 'UTC' },
    })
    assert.equal(exitCode, 0)
    assert.equal(stdout, 'one two|--three UTC /work\n')
    assert.deepEqual(
      [...outputs].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
      [['out/b.txt', 'TEXT']],
    )
  })

  test('gives the exit code and the words of a command that fails', async () => {
    const { exitCode, stderr } = await answer(`console.error('no'); process.exit(7)`)
    assert.deepEqual([exitCode, stderr], [7, 'no\n'])
  })

  test('knows nothing of the host: neither its variables nor its name nor its user', async () => {
    const { stdout } = await answer(`import { hostname } from 'node:os'
      console.log(JSON.stringify([Object.keys(process.env), process.getuid(), process.getgid()]))`)
    assert.deepEqual(JSON.parse(stdout), [[], 65534, 65534])
  })

  test('reaches no network, not even a server of this machine', async (t) => {
    const server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1')
    t.after(() => server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const { stdout } = await answer(`
      import { connect } from 'node:net'
      import { createSocket } from 'node:dgram'
      for (const [host, port] of [['127.0.0.1', ${address.port}], ['1.1.1.1', 53], ['::1', ${address.port}]]) {
        await new Promise((done) => {
          const socket = connect(port, host)
          socket.on('connect', () => { console.log('connected'); socket.destroy(); done() })
          socket.on('error', (error) => { console.log(error.code); done() })
        })
      }
      createSocket('udp4').send('x', 53, '1.1.1.1', (error) => { console.log(error?.code); process.exit() })`)
    assert.doesNotMatch(stdout, /connected|undefined/)
    assert.equal(stdout.trim().split('\n').length, 4)
  })

  test('reads and writes nothing outside its folder', async () => {
    const checkout = new URL('../../../../package.json', import.meta.url).pathname
    const { stdout } = await answer(`${ATTEMPT}
      for (const path of ['/etc/passwd', ${JSON.stringify(checkout)}, '/proc/self/environ', '/bin/node', '..'])
        console.log(attempt(() => fs.readFileSync(path)))
      for (const path of ['/bin/node', '/x', '/tmp/x', '/lib64/x', '../x'])
        console.log(attempt(() => fs.writeFileSync(path, 'x')))
      console.log(attempt(() => fs.readdirSync('/')))`)
    const answers = stdout.trim().split('\n')
    assert.equal(answers.length, 11)
    assert.deepEqual(
      answers.filter((code) => code !== 'ERR_ACCESS_DENIED' && code !== 'ENOENT'),
      [],
    )
  })

  test('holds without the permission model: the namespaces alone keep everything out', async (t) => {
    const script = `${ATTEMPT}
      import { spawnSync } from 'node:child_process'
      const write = (path) => console.log(attempt(() => fs.writeFileSync(path, 'x')))
      console.log(fs.readdirSync('/').join(' '))
      for (const path of ['/etc/passwd', ${JSON.stringify(import.meta.filename)}, '/proc/self/environ'])
        console.log(attempt(() => fs.readFileSync(path)))
      for (const path of ['/bin/node', '/bin/other', '/x', '/lib64/x']) write(path)
      console.log(attempt(() => fs.chmodSync('/bin/node', 0o777)))
      console.log(attempt(() => process.setuid(0)))
      console.log(spawnSync('/bin/sh').error.code)
      fs.symlinkSync('/etc/passwd', 'link')`
    const { left, stdout } = await raw(t, script, ['link'])
    assert.equal(left?.exitCode, 0, stdout)
    const [root, ...answers] = stdout.trim().split('\n')
    assert.deepEqual(new Set(root?.split(' ')).difference(new Set(['bin', 'lib', 'lib64', 'usr', 'work'])), new Set())
    const expected = 'ENOENT ENOENT ENOENT EROFS EROFS EROFS EROFS EROFS EINVAL ENOENT'
    assert.equal(answers.join(' '), expected)
    assert.deepEqual([...left.outputs], [])
  })

  test('ends a fork bomb with everything that came of it', async (t) => {
    const script = `import { spawn } from 'node:child_process'
      process.title = 'genesis-sandbox-bomb'
      for (let i = 0; i < 20; i++) {
        const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)', 'genesis-sandbox-bomb'],
          { detached: true, stdio: 'inherit' })
        child.on('error', () => {})
        child.unref()
      }
      console.log('lit')`
    const { stdout } = await raw(t, script, [])
    assert.equal(stdout, 'lit\n')
    await eventually(() => !commandLines().some((line) => line.includes('genesis-sandbox-bomb')))
  })

  test('starts no processes, no workers and no add-ons', async () => {
    const { stdout } = await answer(`${ATTEMPT}
      import { spawnSync } from 'node:child_process'
      import { Worker } from 'node:worker_threads'
      const require = createRequire(import.meta.url)
      fs.writeFileSync('addon.node', 'x')
      console.log(attempt(() => spawnSync(process.execPath, ['--version']).error?.code ?? 'ran'))
      console.log(attempt(() => new Worker('1', { eval: true })))
      console.log(attempt(() => require('./addon.node')))`)
    assert.deepEqual(stdout.trim().split('\n'), ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_DLOPEN_DISABLED'])
  })

  test('ends at its time limit, and nothing of it goes on', async () => {
    const result = await run(`process.title = 'genesis-sandbox-sleeper'; setInterval(() => {}, 1000)`, {
      limits: { wallMs: 1_000 },
    })
    assert.deepEqual(result, { ok: false, error: { code: 'time-limit', params: { ms: 1_000 } } })
    await eventually(() => !commandLines().some((line) => line.includes('genesis-sandbox-sleeper')))
  })

  test('ends when its CPU seconds are used up', async () => {
    const { exitCode } = await answer('for (;;);', { limits: { cpuSeconds: 1 } })
    assert.equal(exitCode, 128 + 9)
  })

  test('ends when its heap is full, and has no buffers without end', async () => {
    const limits = { memoryBytes: 64 * 1024 * 1024 }
    const heap = await answer('const all = []; for (;;) all.push({ all: [...all] })', { limits })
    assert.notEqual(heap.exitCode, 0)
    const buffers = await answer('const all = []; for (;;) all.push(Buffer.alloc(16e6, 1))', { limits })
    assert.match(buffers.stderr, /ERR_MEMORY_ALLOCATION_FAILED|out of memory|Array buffer allocation failed/)
  })

  test('writes no more files, and no more text, than it may', async () => {
    const files = await answer(
      `${ATTEMPT}
      const chunk = Buffer.alloc(1e6)
      console.log(attempt(() => { for (let i = 0; ; i++) fs.writeFileSync('f' + i, chunk) }))`,
      { limits: { fileBytes: 8e6 } },
    )
    assert.equal(files.stdout, 'ENOSPC\n')
    const endless = `import { writeSync } from 'node:fs'
      for (;;) writeSync(1, 'x'.repeat(10_000))`
    const text = await run(endless, { limits: { textBytes: 1_000_000 } })
    assert.equal(text.ok ? text.value.exitCode : text.error.code, 'text-limit')
  })

  test('dies with the process that asked for it', async () => {
    const code = `
      import { runInSandbox } from ${JSON.stringify(new URL('../../../../runtime/agents/sandbox/sandbox.ts', import.meta.url).href)}
      import { digest } from ${JSON.stringify(new URL('../../../../protocol/wire/sha256.ts', import.meta.url).href)}
      const bytes = new TextEncoder().encode("process.title = 'genesis-sandbox-' + 'orphan'; setInterval(() => {}, 1000)")
      void runInSandbox({ command: ['node', 's.mjs'], inputs: [{ name: 's.mjs', digest: digest(bytes), bytes }], outputs: [] })`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' })
    await eventually(() => commandLines().some((line) => line.includes('genesis-sandbox-orphan')))
    parent.kill('SIGKILL')
    await eventually(() => !commandLines().some((line) => line.includes('genesis-sandbox-orphan')))
  })

  test('shows our own programs, read-only', async () => {
    const shown = [{ host: new URL('../../../../protocol', import.meta.url).pathname, inside: '/genesis/protocol' }]
    const script = `${ATTEMPT}
      console.log(attempt(() => fs.readdirSync('/genesis/protocol').includes('wire')))
      console.log(attempt(() => fs.writeFileSync('/genesis/protocol/x', '')))`
    const { stdout } = await answer(script, { shown })
    assert.equal(stdout, 'true\nERR_ACCESS_DENIED\n')
  })

  test('leaves no folder behind', async () => {
    const before = folders()
    await answer('')
    assert.deepEqual(
      folders().filter((name) => !before.includes(name)),
      [],
    )
  })
})

suite('what is not run at all', () => {
  test('names that lead out of the folder', async () => {
    for (const name of ['../x', '/etc/x', 'a/../../x', 'a//b', './a', 'a/.', '', 'a b', 'ä', 'a\0b', 'x'.repeat(201)]) {
      assert.equal(await refusal({ inputs: [file(name, '')] }), 'file-name-refused', name)
      assert.equal(await refusal({ outputs: [name] }), 'file-name-refused', name)
    }
  })

  test('two files of one name, or a file where a folder must be', async () => {
    assert.equal(await refusal({ inputs: [file('a', ''), file('a', 'x')] }), 'file-name-repeated')
    assert.equal(await refusal({ inputs: [file('a', ''), file('a/b', 'x')] }), 'file-name-repeated')
    assert.equal(await refusal({ outputs: ['a', 'a'] }), 'file-name-repeated')
  })

  test('bytes that are not those of the digest', async () => {
    const wrong = { name: 'a', digest: digest('other'), bytes: utf8('this') }
    assert.equal(await refusal({ inputs: [wrong] }), 'input-digest-differs')
  })

  test('other programs, flags of Node, and scripts that are no input', async () => {
    const commands = [
      [],
      ['node'],
      ['sh', '-c', 'true'],
      ['node', '--eval', '1'],
      ['node', '--permission=false', 'script.mjs'],
      ['/bin/node', 'script.mjs'],
      ['node', 'other.mjs'],
      ['node', '/genesis/x.ts'],
      ['node', 'script.mjs', 'a\0b'],
    ]
    for (const command of commands) assert.equal(await refusal({ command }), 'command-not-allowed', command.join(' '))
  })

  test('variables that steer Node, the loader or the shell', async () => {
    for (const name of ['NODE_OPTIONS', 'LD_PRELOAD', 'PATH', 'IFS', 'genesis', 'GENESIS_']) {
      assert.equal(await refusal({ environment: { [name]: 'x' } }), 'environment-not-allowed', name)
    }
    for (const value of ['a b', '', 'a\nB=c', '$(id)', '*', 'x'.repeat(201)]) {
      assert.equal(await refusal({ environment: { TZ: value } }), 'environment-not-allowed', value)
    }
  })
})

async function eventually(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.ok(condition())
}

function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(join('/proc', id, 'cmdline'), 'utf8')
      } catch {
        return ''
      }
    })
}

function folders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('genesis-sandbox-'))
}
