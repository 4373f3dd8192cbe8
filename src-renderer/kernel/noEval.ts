import { config } from 'zod'

// The page's policy forbids eval; zod would try it once at each start and be refused, which is a line in the console.
config({ jitless: true })
