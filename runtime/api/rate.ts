/**
 * Token buckets: so many at once, so many a second after that, for each of many names.
 *
 * Names come from outside (addresses, keys), so their number is bounded: a name that has its full share again
 * is forgotten, and when there are too many at once the oldest make room.
 *
 * Units: tokens, tokens per second, milliseconds of a clock that only has to go forward.
 */
export type Rate = { readonly burst: number; readonly perSecond: number }

export type Share = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number }

export type Buckets = {
  /** Whether there is one to take, or in how many whole seconds there will be. */
  look(name: string, now: number): Share
  /** The same, and takes it when it is there. */
  take(name: string, now: number): Share
}

type Bucket = { tokens: number; at: number }

const MAX_NAMES = 10_000
/** Forgetting goes down to so many, so that it is not done for every new name. */
const ROOM_AFTER = 9_000

export function buckets(rate: Rate): Buckets {
  const byName = new Map<string, Bucket>()

  function bucketOf(name: string, now: number): Bucket {
    const known = byName.get(name)
    if (known === undefined) {
      if (byName.size >= MAX_NAMES) forget(now)
      const fresh = { tokens: rate.burst, at: now }
      byName.set(name, fresh)
      return fresh
    }
    known.tokens = Math.min(rate.burst, known.tokens + (Math.max(0, now - known.at) * rate.perSecond) / 1000)
    known.at = now
    return known
  }

  function forget(now: number): void {
    const fullAfterMs = (rate.burst / rate.perSecond) * 1000
    for (const [name, bucket] of byName) if (now - bucket.at >= fullAfterMs) byName.delete(name)
    for (const name of byName.keys()) {
      if (byName.size <= ROOM_AFTER) break
      byName.delete(name)
    }
  }

  function look(bucket: Bucket): Share {
    if (bucket.tokens >= 1) return { ok: true }
    return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - bucket.tokens) / rate.perSecond)) }
  }

  return {
    look: (name, now) => look(bucketOf(name, now)),
    take(name, now) {
      const bucket = bucketOf(name, now)
      const share = look(bucket)
      if (share.ok) bucket.tokens -= 1
      return share
    },
  }
}
