/**
 * Conditions of the law, each as what it demands. The params of a violation are shown beside it as they are.
 */
export const constraints: { readonly [id: string]: string } = {
  'approval-budget-is-left': 'Not more approvals in 24 hours than one human can give with care.',
  'approver-is-a-verified-human': 'The decision is made by a verified human.',
  'approver-is-independent': 'Whoever decides had no hand in the mission and operates no machine that had.',
  'attention-is-empty': 'The attention field is empty until attention is recorded.',
  'class-is-mapped': 'The mission’s class has a risk tier.',
  'class-is-not-refused': 'The deployment takes missions of this class.',
  'command-within-its-time': 'It comes within its time.',
  'commitments-are-fresh': 'No epoch is overdue on chain.',
  'consequences-are-acknowledged': 'All three statements are confirmed.',
  'decided-before-its-deadline': 'It is decided in time.',
  'four-layers-present':
    'Who worked and reviewed, how they kept to the rules, the reviews and the place of each record are all there.',
  'gate-conditions-hold': 'Everything that the risk tier asks for is there.',
  'grounds-are-recorded': 'Stated grounds are in the ledger.',
  'integration-is-committed': 'The epoch that holds the result is committed on chain.',
  'irreversible-names-its-revision': 'It names the state that it is about.',
  'mission-digest-is-current': 'It is about the mission as it stands now.',
  'mission-exists': 'The mission exists.',
  'mission-is-not-held': 'The mission is not held by its owner.',
  'phase-not-expired': 'The deployment’s phase has not expired.',
  'rejection-has-a-reason': 'A rejection has a reason.',
  'signed-by-the-right-kind': 'A human decides, not a machine.',
  'signed-by-the-wallet': 'The wallet of the human signs.',
  'step-of-the-machine': 'The mission waits at its final gate.',
  'subject-is-stable': 'Nothing about it is contested or under review: no open incident, appeal or review.',
  'subject-at-revision': 'Nothing changed in between.',
  'text-is-as-shown': 'The signed text is the one that was shown.',
  'urgency-is-not-a-ground': 'Urgency alone is no ground.',
}
