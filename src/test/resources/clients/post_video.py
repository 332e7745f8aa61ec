import sys

import requests

with open("my_video.mp4", "rb") as video, open("subtitles.srt", "rb") as subtitles:
    answer = requests.post(
        sys.argv[1] + "/api/process-video/",
        files={"video": video, "srt_file": subtitles},
        data={"resolution": "480p", "crf_value": 30},
        timeout=120,
    )
answer.raise_for_status()
print(answer.json()["streaming_url"])
