/**
 * Every command that a human can give in this app, besides the final decision. Each of their constraints has words
 * (text/en/refusals.ts); a test holds the app to that.
 */
export const OFFERED = [
  'identity.bind_key',
  'identity.revoke_key',
  'identity.enroll_reviewer',
  'identity.declare_conflict',
  'identity.withdraw_conflict',
  'review.commit',
  'review.reveal',
  'review.recuse',
  'panel.vote',
  'panel.recuse',
  'panel.reopen',
  'appeal.file',
  'appeal.respond',
  'incident.report',
  'incident.resolve',
  'trust.revalidate',
  'machine.sign_recertification',
] as const
