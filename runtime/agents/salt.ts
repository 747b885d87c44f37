/**
 * A reviewing agent's salt: HMAC-SHA-256 of the draw's nonce and the attempt under its own key, so that a restart
 * between sealing and revealing loses nothing (spec 3.4).
 */
import { createHmac, type KeyObject } from 'node:crypto'

/** 32 bytes. The nonce names mission, task and draw; nobody without the key can guess the salt. */
export function saltOf(key: KeyObject, nonce: string, attempt: number): Uint8Array {
  const secret = key.export({ format: 'der', type: 'pkcs8' })
  return Uint8Array.from(createHmac('sha256', secret).update(`genesis.review-salt.v1 ${nonce} ${attempt}`).digest())
}
