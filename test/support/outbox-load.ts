/**
 * A process that writes to an outbox until somebody kills it.
 *
 *     node test/support/outbox-load.ts <file> <run>
 *
 * Each write that returned is told on stdout, one line, before the next is begun.
 */
import { writeSync } from 'node:fs'
import { openOutbox } from '../../runtime/outbox/outbox.ts'

const [file = '', run = ''] = process.argv.slice(2)
const outbox = openOutbox(file)
for (let i = 0; ; i++) {
  const key = `epoch:${run}-${i}`
  outbox.addSending(key, { epoch: i })
  writeSync(1, `added ${key}\n`)
  const sending = outbox.sending(key)
  if (sending === undefined) throw new Error(key)
  outbox.save({ ...sending, state: 'submitted', nonce: i })
  writeSync(1, `submitted ${key}\n`)
  outbox.putShare(i, { member: 3, signature: `${run}-${i}` })
  writeSync(1, `share ${i} ${run}-${i}\n`)
  outbox.moveCursor(i)
  writeSync(1, `cursor ${i}\n`)
}
