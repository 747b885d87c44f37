/**
 * The task graph: not empty, no dangling dependency, no cycle. A refusal names the tasks that are at fault.
 *
 * Source: spec 3.1.
 */

export type GraphNode = { readonly id: string; readonly depends_on: readonly string[] }

export type GraphFault =
  | { readonly fault: 'empty' }
  | { readonly fault: 'duplicate-task'; readonly task: string }
  | { readonly fault: 'unknown-dependency'; readonly task: string; readonly dependency: string }
  | { readonly fault: 'cycle'; readonly cycle: string }

/** The first fault of the graph, or undefined where it is a directed acyclic graph over known tasks. */
export function faultOfGraph(nodes: readonly GraphNode[]): GraphFault | undefined {
  if (nodes.length === 0) return { fault: 'empty' }
  const known = new Map<string, GraphNode>()
  for (const node of nodes) {
    if (known.has(node.id)) return { fault: 'duplicate-task', task: node.id }
    known.set(node.id, node)
  }
  for (const node of nodes) {
    const dangling = node.depends_on.find((dependency) => !known.has(dependency))
    if (dangling !== undefined) return { fault: 'unknown-dependency', task: node.id, dependency: dangling }
  }
  const cycle = cycleOf(known)
  return cycle === undefined ? undefined : { fault: 'cycle', cycle: cycle.join(' > ') }
}

/** Depth-first walk with an explicit path, so that the cycle can be named in the order of its arrows. */
function cycleOf(nodes: ReadonlyMap<string, GraphNode>): readonly string[] | undefined {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (id: string): readonly string[] | undefined => {
    if (done.has(id)) return undefined
    const at = path.indexOf(id)
    if (at >= 0) return [...path.slice(at), id]
    path.push(id)
    for (const dependency of nodes.get(id)?.depends_on ?? []) {
      const cycle = visit(dependency)
      if (cycle !== undefined) return cycle
    }
    path.pop()
    done.add(id)
    return undefined
  }
  for (const id of nodes.keys()) {
    const cycle = visit(id)
    if (cycle !== undefined) return cycle
  }
  return undefined
}
