/** The machine's clock. */
import { millis } from '../../protocol/wire/time.ts'
import type { Clock } from '../ports/clock.ts'

export const systemClock: Clock = { now: () => millis(Date.now()) }
