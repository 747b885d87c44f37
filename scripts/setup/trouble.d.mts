export class Trouble extends Error {}
export function explain(step: string, output: string, log: string): Trouble
