/** What happened, and what to do about it: titles without a full stop, which is set where a sentence follows. */
export type Words = { readonly title: string; readonly what?: string }

// What both the law and whatever stands around it may have to say.
export const missionChanged: Words = {
  title: 'The mission changed',
  what: 'A signature about what it was before counts for nothing. Read it again.',
}
export const timeToDecideIsOver: Words = {
  title: 'The time to decide has passed',
  what: 'Nothing happens. No signature can change that.',
}
