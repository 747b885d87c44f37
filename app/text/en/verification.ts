/** Steps of the verification (spec 7) by their ids, and what its findings mean. */
import { FINDINGS } from '../../../verifier/findings.ts'

export const steps: { readonly [id: string]: { readonly title: string; readonly about: string } } = {
  archive: {
    title: 'The archive is whole',
    about: 'Every byte of every file is what its manifest names.',
  },
  chain: {
    title: 'The chain is read',
    about: 'Commitments, keys and decisions, from the chain’s own logs.',
  },
  ledger: {
    title: 'The ledger is one chain of hashes',
    about: 'Every command is signed by whom it names.',
  },
  law: {
    title: 'Every command is decided again',
    about: 'Each entry is exactly what the rules give.',
  },
  epochs: {
    title: 'Every epoch is computed again',
    about: 'Roots and commitments are what the chain holds.',
  },
  certificates: {
    title: 'The committee signed',
    about: 'Enough members, with keys that were valid then; every beacon round is genuine.',
  },
  observations: {
    title: 'Observations agree with the chain',
    about: 'What the ledger says of the chain is what it holds.',
  },
  gate: {
    title: 'Final decisions are genuine',
    about: 'Signed by eligible humans’ wallets, in time, none left out.',
  },
  missions: {
    title: 'Evidence is at hand',
    about: 'Completed missions can be reproduced from it.',
  },
}

export const findings: { readonly [code: string]: { readonly means: string; readonly remedy: string } } = FINDINGS
