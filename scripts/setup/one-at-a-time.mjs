// Lets one process at a time do something: two terminals may start the project at once on a fresh checkout.
//
// The lock is a file with the holder's process id, made by a hard link: it appears whole or not at all. A holder that
// died leaves its file behind; the next one sees that the process is gone and takes the file away.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function tryTake(file) {
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Removes the file of a dead holder. It is moved aside first, so that of two waiters only one can remove it. */
function clearIfDead(file) {
  try {
    const holder = readFileSync(file, 'utf8')
    if (isAlive(Number(holder))) return
    const aside = `${file}.dead.${process.pid}`
    renameSync(file, aside)
    // Between reading and moving another waiter may have cleared it and taken the lock: then what we moved is theirs.
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, file)
    rmSync(aside, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
}

/** Waits for the lock, runs `work`, and gives the lock back whatever happens. */
export async function oneAtATime(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!tryTake(file)) {
    clearIfDead(file)
    if (!told) console.error(`Waiting for another set-up of this folder (its lock: ${file}).`)
    told = true
    await sleep(200)
  }
  const release = () => rmSync(file, { force: true })
  const releaseAndStop = (signal) => {
    release()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', releaseAndStop)
  process.once('SIGTERM', releaseAndStop)
  try {
    return await work()
  } finally {
    process.removeListener('SIGINT', releaseAndStop)
    process.removeListener('SIGTERM', releaseAndStop)
    release()
  }
}
