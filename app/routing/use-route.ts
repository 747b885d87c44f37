import { useSyncExternalStore } from 'react'
import { parseRoute, type Route } from './route.ts'

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => globalThis.location.hash))
}

function subscribe(onChange: () => void): () => void {
  globalThis.addEventListener('hashchange', onChange)
  return () => globalThis.removeEventListener('hashchange', onChange)
}
