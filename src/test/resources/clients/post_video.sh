curl -sS -X POST "$1/api/process-video/" -F video=@my_video.mp4 -F srt_file=@subtitles.srt -F resolution=480p -F crf_value=30
