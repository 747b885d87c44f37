/**
 * Public randomness by round.
 *
 * Contract: repeatable: a round has one signature for ever. Undefined while the round has not come, or cannot be
 * had right now; whoever asks asks again. What comes back is checked by the law before it counts.
 */
export type Beacon = { signatureOf(round: number): Promise<string | undefined> }
