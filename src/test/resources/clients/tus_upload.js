// Uploads a file with tus-js-client: goes on from a few cuts, as a phone on a train would have to.
// node tus_upload.js ENDPOINT FILE CUTS
const fs = require('fs');
const tus = require('tus-js-client');

const [endpoint, path, cuts] = process.argv.slice(2);
const size = fs.statSync(path).size;
const points = Array.from({length: Number(cuts)}, () => Math.floor(Math.random() * size)).sort((a, b) => a - b);

function run(url) {
  const stop = points.shift();
  let cut = false;
  const upload = new tus.Upload(fs.createReadStream(path), {
    endpoint,
    uploadUrl: url,
    uploadSize: size,
    chunkSize: 3 * 1024 * 1024 + 7,
    retryDelays: [0, 100, 500, 1000],
    metadata: {filename: 'train.mp4', filetype: 'video/mp4'},
    onProgress: sent => {
      if (stop !== undefined && sent > stop && !cut) {
        cut = true;
        upload.abort().then(() => setTimeout(() => run(upload.url), 50));
      }
    },
    onError: error => {
      console.error(String(error));
      process.exit(1);
    },
    onSuccess: () => console.log('done ' + upload.url),
  });
  upload.start();
}

run(null);
