/**
 * Every command of the law that a human can sign: given in this app, or given elsewhere and why. Tests hold the app to
 * both: a form for each that is offered (test/app-unit/coverage.test.ts), and words for each of their constraints
 * (text/en/refusals.ts). The final decision has its own page and is signed by the wallet alone.
 */
export const OFFERED = [
  'identity.bind_key',
  'identity.revoke_key',
  'identity.enroll_reviewer',
  'identity.declare_conflict',
  'identity.withdraw_conflict',
  'mission.dispute',
  'mission.hold',
  'mission.release',
  'mission.renew',
  'mission.reverse',
  'mission.withdraw_task',
  'review.commit',
  'review.reveal',
  'review.recuse',
  'review.reopen',
  'panel.vote',
  'panel.recuse',
  'panel.reopen',
  'appeal.file',
  'appeal.respond',
  'incident.report',
  'incident.resolve',
  'trust.revalidate',
  'machine.declare_environment',
  'machine.revoke_key',
  'machine.sign_recertification',
  'machine.decommission',
] as const

const FILES = 'It names files that lie on a disk, with their digests: `genesis mission`.'
const OWN_KEY = 'It brings the key of a machine, which is made where the machine runs: `genesis agent`.'

/** What a human can sign and not in this app, each with its reason. */
export const NOT_OFFERED: { readonly [type: string]: string } = {
  'identity.attest': 'The founder attests with the wallet of somebody else at hand: the start of a deployment.',
  'runtime.rotate_key': 'It names the runtime’s next key, which is made in the data folder: `genesis keys rotate`.',
  'mission.create': FILES,
  'mission.scope': FILES,
  'mission.plan': FILES,
  'mission.replan': FILES,
  'mission.start': FILES,
  'mission.submit': FILES,
  'mission.correct': FILES,
  'mission.integrate': FILES,
  'machine.register': OWN_KEY,
  'machine.add_key': OWN_KEY,
  'machine.recertify': 'Its examination is an evidence bundle made where the machine was examined, and signed there.',
}
