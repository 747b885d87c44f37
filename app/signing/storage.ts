/**
 * What this browser keeps for its human: keys that cannot be taken out of it, and sealed decisions that have still to
 * be revealed. IndexedDB, because only it can hold a key without showing it.
 *
 *     keys    by deployment and human         seals    by deployment, mission, task, attempt, draw and reviewer
 *
 * Durable: a `put` is answered after its transaction has completed. Fault: `browser-keeps-nothing`.
 */
import { Fault } from '../../protocol/wire/fault.ts'

export type Shelf = 'keys' | 'seals'

const SHELVES: readonly Shelf[] = ['keys', 'seals']

let opening: Promise<IDBDatabase> | undefined

export async function get(shelf: Shelf, name: string): Promise<unknown> {
  return request(shelf, 'readonly', (store) => store.get(name))
}

export async function put(shelf: Shelf, name: string, value: unknown): Promise<void> {
  await request(shelf, 'readwrite', (store) => store.put(value, name))
}

export async function remove(shelf: Shelf, name: string): Promise<void> {
  await request(shelf, 'readwrite', (store) => store.delete(name))
}

/** Asks the browser not to clear this when it runs out of room. It may refuse; nothing depends on it. */
export function askToPersist(): void {
  navigator.storage?.persist?.().catch(() => false)
}

async function request<T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(shelf, mode, { durability: 'strict' })
    const asked = ask(transaction.objectStore(shelf))
    transaction.addEventListener('complete', () => resolve(asked.result))
    transaction.addEventListener('abort', () => reject(keepsNothing(transaction.error)))
  })
}

function opened(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('genesis', 1)
    asked.addEventListener('upgradeneeded', () => {
      for (const shelf of SHELVES) asked.result.createObjectStore(shelf)
    })
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(keepsNothing(asked.error)))
  }).catch((cause: unknown) => {
    opening = undefined
    throw cause
  })
  return opening
}

function keepsNothing(cause: unknown): Fault {
  return new Fault('browser-keeps-nothing', {}, { cause })
}
