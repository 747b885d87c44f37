/**
 * The artifacts whose bytes a command rests on. They must lie in the store before the command is taken in; a record
 * names digests only (spec 2.2).
 */
import type { Digest } from '../wire/sha256.ts'
import { artifactsOfExamination, examinationOf } from '../wire/examination.ts'
import { bundleOf, referencesOf } from '../wire/evidence.ts'
import type { File } from './appeal/command.ts'
import type { Command } from './constraints/kernel.ts'
import type { Recertify } from './machine/command.ts'
import type { Integrate, Scope, Submit } from './mission/command.ts'
import type { Reveal } from './review/command.ts'

export function artifactsOf(command: Command): readonly Digest[] {
  switch (command.type) {
    case 'mission.scope':
      return (command.body as Scope).inputs.map((input) => input.digest)
    case 'mission.submit': {
      const bundle = bundleOf((command.body as Submit).evidence)
      return bundle.ok ? (referencesOf(bundle.value.statement) as readonly Digest[]) : NONE
    }
    case 'appeal.file':
      return (command.body as File).evidence ?? NONE
    case 'mission.integrate':
      return (command.body as Integrate).outputs.map((output) => output.digest)
    case 'machine.recertify': {
      const examination = examinationOf((command.body as Recertify).evidence)
      return examination.ok ? (artifactsOfExamination(examination.value) as readonly Digest[]) : NONE
    }
    case 'review.reveal': {
      const { transcript } = (command.body as Reveal).decision
      return transcript === undefined ? NONE : [transcript]
    }
    default:
      return NONE
  }
}

const NONE: readonly Digest[] = []
