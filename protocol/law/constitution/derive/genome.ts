/** Weights of the organs by the runtime's health. Source: spec 8.1. */
import type { Constitution, Weights } from '../constitution.ts'
import { MODES } from '../schema/genome.ts'
import type { Reader } from './reader.ts'

export function genomeOf({ number }: Reader): Constitution['genome'] {
  const root = 'genome/Λ-genome'
  const weights = (path: string): Weights => ({
    R: number(`${path}/R`),
    B: number(`${path}/B`),
    E: number(`${path}/E`),
    O: number(`${path}/O`),
    Λ: number(`${path}/Λ`),
  })
  return {
    weights: weights(`${root}/weights`),
    modes: MODES.map((name, i) => ({
      name,
      from: number(`${root}/modes/${i}/theta/0`),
      to: number(`${root}/modes/${i}/theta/1`),
      weights: weights(`${root}/modes/${i}/weights`),
    })),
  }
}
