// Makes sure that the packages the lock file names are installed. Costs some milliseconds when they are.
import { join } from 'node:path'
import { oneAtATime } from './one-at-a-time.mjs'
import { SCRATCH, isSetUp } from './places.mjs'
import { Trouble } from './trouble.mjs'

export async function ensureSetUp() {
  if (isSetUp()) return
  try {
    await oneAtATime(join(SCRATCH, 'setup.lock'), async () => {
      // Another process may have done it while we waited.
      if (isSetUp()) return
      const { install } = await import('./install.mjs')
      await install()
      console.error('Set-up done.')
    })
  } catch (error) {
    if (error instanceof Trouble || /^E[A-Z]+$/.test(error.code ?? '')) {
      const { explain } = await import('./trouble.mjs')
      const told = error instanceof Trouble ? error : explain('Set-up', error.message, error.path ?? 'none')
      console.error(`Genesis could not be set up. ${told.message}`)
      process.exit(1)
    }
    throw error
  }
}
