// Sets the project up: fetches its Node and installs its packages, unless that is done already.
// Runs before `npm start` and `npm test`; needs nothing but a Node and npm. This file is written for very old Nodes
// too, so that they get a sentence instead of a syntax error.
const major = Number(process.versions.node.split('.')[0])
if (major < 18) {
  console.error(
    'Genesis could not be set up. It needs Node 18 or newer to begin with, and this is ' +
      process.version +
      ': see https://nodejs.org.',
  )
  process.exit(1)
}
import('./setup/ensure.mjs').then(function (setup) {
  return setup.ensureSetUp()
})
