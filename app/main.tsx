/** The app's composition root. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Fault } from '../protocol/wire/fault.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      // Only silence is worth asking again at once: a refusal stays one.
      retry: (failures, error) => failures < 2 && error instanceof Fault && error.code === 'offline',
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
