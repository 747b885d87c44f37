// Runs npm as a program of the Node we choose, whatever Node it came with.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { Trouble, explain } from './trouble.mjs'

const QUIETLY = ['--no-audit', '--no-fund', '--no-update-notifier']
/** npm's own retries take over a minute to notice that there is no network. */
const FEW_RETRIES = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000']

/** npm's own start file: the one that started us, else the one beside this Node, else the one in PATH. */
function npmCli() {
  const started = process.env.npm_execpath
  const beside = dirname(process.execPath)
  const candidates = [
    ...(started !== undefined && /^np[mx]-cli\.js$/.test(basename(started))
      ? [join(dirname(started), 'npm-cli.js')]
      : []),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const npm = join(folder, 'npm')
    if (existsSync(npm)) candidates.push(join(dirname(realpathSync(npm)), 'npm-cli.js'))
    candidates.push(join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
  }
  const found = candidates.find((file) => existsSync(file))
  if (found === undefined) throw new Trouble('npm was not found: it comes with Node, from https://nodejs.org.')
  return found
}

/** The environment without what an outer npm run says about its own project, which would mislead the inner one. */
function environment(node) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_(package|lifecycle|command|config_local_prefix|config_prefix)/i.test(name) && !/^path$/i.test(name),
  )
  const path = process.env.PATH ?? process.env.Path ?? ''
  return { ...Object.fromEntries(kept), PATH: `${dirname(node)}${delimiter}${path}` }
}

/**
 * Runs `npm ...args` in `folder` with the given Node. Everything npm prints goes to `log`; if it fails, the last of it
 * decides which explanation the person gets.
 */
export function runNpm({ step, node, folder, args, log }) {
  const cli = npmCli()
  return new Promise((resolve, reject) => {
    const child = spawn(node, [cli, ...args, ...QUIETLY, ...FEW_RETRIES], {
      cwd: folder,
      env: environment(node),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const file = createWriteStream(log, { flags: 'a' })
    let tail = ''
    const take = (chunk) => {
      file.write(chunk)
      tail = (tail + chunk).slice(-8000)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    // An npm that outlived us would go on writing into node_modules beside the next set-up.
    const stopChild = () => child.kill()
    process.once('exit', stopChild)
    const stopTelling = sayStillAtIt(step)
    const settle = () => {
      process.removeListener('exit', stopChild)
      stopTelling()
      file.end()
    }
    child.on('error', (error) => {
      settle()
      reject(explain(step, error.message, log))
    })
    child.on('close', (code, signal) => {
      settle()
      if (code === 0) resolve()
      else if (signal !== null) reject(new Trouble(`${step}: stopped by ${signal}.`))
      else reject(explain(step, tail, log))
    })
  })
}

/** A long silence looks like a hang, so a line every fifteen seconds. */
function sayStillAtIt(step) {
  const start = Date.now()
  const timer = setInterval(() => {
    console.error(`  ${step}: still at it after ${Math.round((Date.now() - start) / 1000)} s`)
  }, 15_000)
  return () => clearInterval(timer)
}
