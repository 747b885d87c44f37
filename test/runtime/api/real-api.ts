/** A whole server under the real law: a founded deployment with its people, on a free port, its clock held still. */
import type { TestContext } from 'node:test'

import * as Genesis from '../../../protocol/genesis.ts'
import type { AdmittedCommand, State } from '../../../protocol/genesis.ts'

import * as Sha256 from '../../../protocol/wire/sha256.ts'
import { type Api } from '../../../runtime/api/api.ts'

import { openLedger } from '../../../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../../../runtime/ledger/stores/sqlite.ts'
import type { Ledger } from '../../../runtime/ports/ledger.ts'

import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { founded, type Bench } from '../../support/law/world.ts'
import { serveApiOver } from '../../support/runtime/serve-api.ts'

export type RealApi = {
  readonly api: Api
  readonly ledger: Ledger<State, AdmittedCommand>
  /** The same deployment beside it: makes envelopes, and holds the state that the server's has to equal. */
  readonly bench: Bench
}

export async function realApi(t: TestContext, prepare: (bench: Bench) => void = () => {}): Promise<RealApi> {
  const bench = founded()
  prepare(bench)
  const folder = temporaryFolder(t)
  const store = openSqliteStore(folder)
  store.append(bench.texts.map((text, seq) => ({ seq, text, hash: Sha256.digest(text) })))
  const ledger = await openLedger<State, AdmittedCommand>({
    store,
    law: Genesis,
    verify: verifyWithSodium,
    clock: { now: bench.now },
  })
  const api = await serveApiOver({
    ledger,
    folder,
    onFault: (cause) => {
      throw cause
    },
  })
  t.after(async () => {
    await api.close()
    await ledger.close()
  })
  return { api, ledger, bench }
}
