/** The kernel itself: what a preference may do, what a lower level may, what a refusal changes. Source: spec 1.3. */
import { judge, type CommandType, type Constraint } from '../../law/constraints/kernel.ts'
import { LEVELS, type Level } from '../../law/constraints/violation.ts'
import { millis } from '../../wire/time.ts'
import type { Attack, Simulation } from './attack.ts'

type Any = Constraint<unknown, unknown>

/** A command type with these constraints and no other, judged as the kernel judges any. */
function judged(arena: Simulation, constraints: readonly Any[]) {
  const type: CommandType<unknown, unknown> = {
    type: 'attack.synthetic',
    domain: 'mission',
    effect: 'reversible',
    signers: ['human'],
    owner: 'nobody',
    subjectKind: 'mission',
    body: { parse: () => ({ ok: true, value: {} }) } as never,
    constraints,
    decide: () => [{ event_type: 'mission.released', subject: 'm', data: {} }],
  }
  const command = { type: type.type, actor: 'a', subject: 'm', nonce: 'n', grounds: [], urgent: false, body: {} }
  const now = millis(arena.now())
  return judge(type, [], {
    own: undefined,
    world: {} as never,
    command: { ...command, issued: now, expires: now, expects: undefined },
    principal: { kind: 'runtime', id: 'a' },
    seq: 0,
    at: now,
    signatures: [],
  })
}

const says = (level: Level, id: string, holds: boolean): Any => ({
  id,
  level,
  reads: 'subject',
  check: () => (holds ? undefined : { level }),
})

export const KERNEL: readonly Attack[] = [
  {
    id: 'preference-overrides',
    title: 'A preference allows what a constraint forbids, or forbids what all allow',
    on: 'rules',
    formula: 'No command of the table has a preference yet: the kernel judges one that was made for the attack.',
    run: async (arena) => {
      for (const level of LEVELS.filter((one) => one !== 'preference')) {
        const decision = judged(arena, [
          says('preference', 'it-is-cheaper', true),
          says(level, 'it-does-not-hold', false),
        ])
        const given =
          decision.outcome === 'withheld' ? decision.violations.map(({ constraint }) => constraint) : undefined
        arena.expectAnswer('it-does-not-hold', `a preference against ${level}`, given)
      }
      const decision = judged(arena, [says('preference', 'it-is-dearer', false)])
      arena.expectAnswer('committed', 'a preference against everything else', decision.outcome)
    },
  },
  {
    id: 'lower-level-overrides',
    title: 'A lower level that holds makes up for a higher one that does not, or hides it',
    on: 'rules',
    formula:
      'One constraint of each level and no other stands in no command of the table: the kernel judges such a one.',
    run: async (arena) => {
      await allAtOnce(arena)
      const levels = LEVELS.filter((one) => one !== 'preference')
      for (const [i, level] of levels.entries()) {
        const others = levels.filter((one) => one !== level).map((one) => says(one, `holds-${one}`, true))
        const alone = judged(arena, [...others, says(level, `broken-${level}`, false)])
        const given = alone.outcome === 'withheld' ? alone.violations.map(({ constraint }) => constraint) : undefined
        arena.expectAnswer(`broken-${level}`, `only ${level} does not hold`, given)
        const lower = levels[i + 1]
        if (lower === undefined) continue
        const both = judged(arena, [says(lower, `broken-${lower}`, false), says(level, `broken-${level}`, false)])
        const first = both.outcome === 'withheld' ? both.violations[0]?.constraint : undefined
        arena.expectAnswer(`broken-${level}`, `${level} is named before ${lower}`, first)
      }
    },
  },
]

/** A command that breaks a constraint of every level is refused for each of them. */
async function allAtOnce(arena: Simulation): Promise<void> {
  const { id } = arena.missionAt('FinalHumanGate', 'R2')
  const body = { reason: 'Because.' }
  for (const reason of ['subject-at-revision', 'signed-by-the-right-kind', 'signed-by-the-owner']) {
    await arena.expect(reason, arena.machine(), 'mission.hold', id, body, { expects: 2_000_000, urgent: true })
  }
}
