const fs = require('fs');
const axios = require('axios');
const FormData = require('form-data');

const form = new FormData();
form.append('video', fs.createReadStream('my_video.mp4'));
form.append('srt_file', fs.createReadStream('subtitles.srt'));
form.append('resolution', '480p');
form.append('crf_value', '30');
axios
  .post(process.argv[2] + '/api/process-video/', form, {headers: form.getHeaders()})
  .then((answer) => console.log(answer.data.streaming_url))
  .catch((error) => {
    console.error(error.message, error.response && error.response.data);
    process.exitCode = 1;
  });
