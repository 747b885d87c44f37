/**
 * What changed about a mission between the moment its page was opened and now. A decision is about one state of a
 * mission: whoever read another one must not sign it. Pure.
 */
import type { Mission } from '../../data/missions.ts'

export type Change = { readonly what: string; readonly before: string; readonly after: string }

/** What a decision is about, line by line. */
function facts(mission: Mission): ReadonlyMap<string, string> {
  const { gate, scope } = mission
  const lines = new Map<string, string>([
    ['state', mission.state],
    ['held', mission.held ?? ''],
    ['title', mission.title],
    ['owner', mission.owner],
    ['scope', scope?.scope ?? ''],
    ['attempt', String(gate?.attempt ?? mission.attempt)],
    ['mission_digest', gate?.mission_digest ?? ''],
    ['result', gate?.summary ?? ''],
    ['decide_by', gate?.decide_by ?? ''],
    ['text_approve', gate?.texts.approve ?? ''],
    ['text_reject', gate?.texts.reject ?? ''],
  ])
  for (const output of gate?.outputs ?? []) lines.set(`output ${output.name}`, output.digest)
  for (const task of mission.tasks) lines.set(`evidence ${task.id}`, task.evidence?.digest ?? '')
  return lines
}

export function changesBetween(before: Mission, after: Mission): readonly Change[] {
  const [old, present] = [facts(before), facts(after)]
  return [...new Set([...old.keys(), ...present.keys()])]
    .map((what) => ({ what, before: old.get(what) ?? '', after: present.get(what) ?? '' }))
    .filter((change) => change.before !== change.after)
}
