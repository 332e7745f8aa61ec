const streams = new URLSearchParams(location.search).get('document') === 'streams';
const page = location.pathname.replace(/\/+$/, '') + (streams ? '?document=streams' : '');
const url = streams ? '/openapi-streams.json' : '/openapi.json';

for (const link of document.querySelectorAll('nav a')) {
  if (link.getAttribute('href') === page) {
    link.setAttribute('aria-current', 'page');
  }
}
if (window.SwaggerUIBundle) {
  SwaggerUIBundle({
    url,
    dom_id: '#api',
    deepLinking: true,
    displayRequestDuration: true,
    // The validator is a service of somebody else.
    validatorUrl: null,
  });
} else {
  const system = 'system-ui, sans-serif';
  Redoc.init(
    url,
    {
      // The search would run in a worker made of a blob.
      disableSearch: true,
      hideDownloadButton: true,
      theme: {typography: {fontFamily: system, headings: {fontFamily: system}}},
    },
    document.getElementById('api'),
  );
}
