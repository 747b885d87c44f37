/** Words of what belongs to a mission's owner, to a machine's operator, and of the end of a machine. */
export const powers = {
  owner: {
    title: 'For its owner',
    lead: 'You own this mission. Each of these is recorded, with your reason, for everybody to read.',
    nothing: 'There is nothing for you to do now.',
    reasonAbout: 'It is published.',
    hold: {
      title: 'Hold the mission',
      about: 'No step of it is taken until you release it. Reviews that are under way run on.',
      does: 'Hold it',
    },
    release: { title: 'Release the mission', about: 'It goes on where it stood.', does: 'Release it' },
    dispute: {
      title: 'Ask people about a question of values',
      about:
        'Reviewers still say what they find, but it is a panel of humans, drawn by lot, that decides. This cannot be taken back.',
      does: 'Have people decide',
    },
    reopen: (task: string) => ({
      title: `Draw reviewers anew: ${task}`,
      about: 'Nobody could be drawn for this task. The rules stay as they are; there may be more to draw from by now.',
      does: 'Draw anew',
    }),
    withdraw: {
      title: 'Take a task from a machine that is out of service',
      about:
        'The task stays where it stands, and another may take it up. What the machine did stays on record; it reviews nothing of this mission, and nothing is minted for it.',
      does: 'Take the task back',
    },
    renew: {
      title: 'Renew the time to decide',
      about: 'Nobody decided in time, so nothing has happened. You may ask once more, for as long as before.',
      does: 'Renew it',
    },
    reverse: {
      title: 'Take the completion back',
      about:
        'It was completed under your signed scope, so you may take its effects back. Nothing is rewritten: the trust that it brought is withdrawn by new entries. A new mission may take its place.',
      does: 'Take it back',
    },
    reversedBy: {
      owner: 'Its owner has taken this completion back.',
      appeal: 'An appeal has taken this completion back.',
    } as { readonly [by: string]: string },
    reversedMore: 'Nothing was rewritten; what it had brought was withdrawn by new entries.',
  },

  operator: {
    title: 'For its operator',
    lead: 'You operate this machine and answer for what it signs.',
    keys: 'Keys that speak for it',
    noKeys: 'No key speaks for it any more. A new one is brought with `genesis agent`.',
    revoke: 'Revoke',
    revokeNamed: (id: string) => `Revoke the machine’s key ${id}`,
    revokeAbout: 'For a key that somebody else may have. What it has signed stays; it signs nothing from then on.',
    environment: 'What it runs as',
    environmentAbout:
      'When model, code or settings change, state the digest of the new fingerprint. Its trust takes the drift into account.',
    fingerprint: 'Digest of the fingerprint',
    fingerprintMissing: 'Give the digest: sha256: and 64 digits from 0 to f.',
    present: 'Verified last',
    declare: 'State it',
  },

  retire: {
    title: 'Decommission this machine for malice',
    lead: 'A human has upheld that it did severe wrong. Whoever had no part in it may end it for good, with their wallet.',
    about:
      'Its keys are revoked, its seats pass on, and no later identity of it escapes its history. This cannot be taken back, not even by an appeal.',
    incident: 'The incident that proves it',
    read: 'Read the incident',
    reason: 'Your reason',
    reasonAbout: 'Its hash is in what your wallet signs.',
    fields: 'What your wallet will sign',
    fieldNames: {
      deployment: 'Deployment',
      command: 'Command',
      subject: 'Machine',
      revision: 'Its state, counted in entries',
      bodyHash: 'Hash of incident and reason',
      signer: 'Your wallet',
      iUnderstandIt: 'I understand it',
      iCommitIt: 'I commit it',
      iAcceptItsConsequences: 'I accept its consequences',
      deadline: 'Valid until',
    } as { readonly [field: string]: string },
    foresight: 'What the rules say to it now',
    asking: 'Asking…',
    wouldBeTaken: 'Once your wallet has signed it would be recorded, and the machine decommissioned.',
    changed: 'The machine’s record went on since you opened this',
    changedMore: 'What you would sign is about what it was before. Nothing has been signed.',
    begin: 'Begin again with what it is now',
    wallet: 'Your wallet asks you to sign. Compare the fields.',
    needsWallet: 'Connect your wallet, on the network of this deployment.',
    over: 'The signature’s hour has passed.',
    sign: 'Sign: decommission it for good',
  },
}
