"""The providers' page under `/provider`: made for a phone, by plain forms that work on a slow link.

- Every route asks for `person` or `office` (console.providers.access), which also refuses a POST
  without the token against forged requests; a route that asks nobody stops the start.
- Templates extend `provider/base.html`; `who` and `csrf` are there without being passed.
- No inline script, style or on… attribute: the Content-Security-Policy refuses them.
"""
