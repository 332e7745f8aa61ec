#!/usr/bin/env bash
# Makes media as people have it and as FFmpeg alone would stumble over: joined, cut, mislabelled, half there, misleading.
# One short file each, into the folder named by the first argument. HardInputsIT says what must become of them.
set -euo pipefail
export LC_ALL=C
cd "$1"

readonly X264=(-c:v libx264 -preset ultrafast -pix_fmt yuv420p)

make() { ffmpeg -v error -nostdin -y "$@"; }
# picture SIZE SECONDS RATE [FILTERS]: a moving test picture, as input arguments
picture() { echo "testsrc2=s=$1:r=$3:d=$2${4:+,$4}"; }
# A red square in the middle, whose side is half the shorter side of the frame.
readonly SQUARE="drawbox=x=iw/2-min(iw\,ih)/4:y=ih/2-min(iw\,ih)/4:w=min(iw\,ih)/2:h=min(iw\,ih)/2:c=red:t=fill"

# --- the stream changes on the way ---------------------------------------------------------------------------------
make -f lavfi -i "$(picture 360x640 2 30 "$SQUARE")" "${X264[@]}" -f mpegts tall.part
make -f lavfi -i "$(picture 640x360 2 30 "$SQUARE")" "${X264[@]}" -output_ts_offset 2 -f mpegts wide.part
cat tall.part wide.part > tall-then-wide.ts
make -f lavfi -i "$(picture 640x360 2 30 "$SQUARE")" "${X264[@]}" -f mpegts wide.part
make -f lavfi -i "$(picture 360x640 2 30 "$SQUARE")" "${X264[@]}" -output_ts_offset 2 -f mpegts tall.part
cat wide.part tall.part > wide-then-tall.ts
make -f lavfi -i "$(picture 320x180 2 30 "$SQUARE")" "${X264[@]}" -f mpegts small.part
make -f lavfi -i "$(picture 1280x720 2 30 "$SQUARE")" "${X264[@]}" -output_ts_offset 2 -f mpegts large.part
cat small.part large.part > grows.ts
make -f lavfi -i "$(picture 720x576 2 25 "$SQUARE,setsar=16/15")" "${X264[@]}" -f mpegts narrow.part
make -f lavfi -i "$(picture 720x576 2 25 "$SQUARE,setsar=64/45")" "${X264[@]}" -output_ts_offset 2 -f mpegts broad.part
cat narrow.part broad.part > pixels-change.ts
make -f lavfi -i sine=f=440:d=4:r=48000 -ac 6 -c:a ac3 -f mpegts six.part
make -f lavfi -i sine=f=880:d=4:r=48000 -ac 2 -c:a ac3 -output_ts_offset 4 -f mpegts two.part
cat six.part two.part > six-to-two-sound.ts
make -f lavfi -i "$(picture 320x180 4 25)" -f lavfi -i sine=f=440:d=4:r=48000 -ac 6 -c:a ac3 "${X264[@]}" -f mpegts six.part
make -f lavfi -i "$(picture 320x180 4 25)" -f lavfi -i sine=f=880:d=4:r=48000 -ac 2 -c:a ac3 "${X264[@]}" -output_ts_offset 4 -f mpegts two.part
cat six.part two.part > six-to-two.ts
make -f lavfi -i sine=f=440:d=4:r=44100 -ac 1 mono.mp3
make -f lavfi -i sine=f=880:d=4:r=48000 -ac 2 stereo.mp3
cat mono.mp3 stereo.mp3 > mono-then-stereo.mp3

# --- claims ----------------------------------------------------------------------------------------------------------
for f in 440 880; do
    make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i "sine=f=$f:d=2" "${X264[@]}" -g 25 -c:a aac -f mpegts "r$f.part"
done
cat r440.part r880.part > restarts.ts
make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i sine=d=2 "${X264[@]}" -g 25 -c:a aac -output_ts_offset 9000 -f mpegts late.part
cat r440.part late.part > jumps.ts
make -f lavfi -i "$(picture 320x180 4 25)" -f lavfi -i sine=d=4 "${X264[@]}" -g 25 -c:a aac -output_ts_offset 95441.7 -f mpegts wraps.ts
make -f lavfi -i "$(picture 320x180 2 25)" "${X264[@]}" -f h264 one.part
cat one.part one.part > joined.h264
make -f lavfi -i sine=d=5 -c:a libvorbis five.ogg
make -f lavfi -i sine=d=7 -c:a libvorbis seven.ogg
cat five.ogg seven.ogg > chained.ogg
make -f lavfi -i "$(picture 320x180 3 1 "select='eq(n,0)+eq(n,2)'")" "${X264[@]}" -vsync vfr sparse.part.mkv
make -i sparse.part.mkv -f lavfi -i sine=d=8 -map 0 -map 1 -c:v copy -c:a aac sparse.mkv
make -f lavfi -i color=blue:s=320x180:r=25:d=0.04 -f lavfi -i sine=d=20 "${X264[@]}" -c:a aac one-frame.mp4
make -f lavfi -i "$(picture 320x180 12 25)" -f lavfi -i sine=d=3 -map 0 -map 1 "${X264[@]}" -c:a aac short-sound.mp4
make -f lavfi -i color=c=red:s=320x240:r=1:d=12 -vf "setpts=PTS*3500,fps=fps=1/3500" "${X264[@]}" -r 1/3500 hours-in-two-kilobytes.mp4
make -f lavfi -i "$(picture 640x360 10 30)" -f lavfi -i sine=d=10 "${X264[@]}" -g 30 -c:a aac -movflags +faststart whole.part.mp4
head -c "$(($(stat -c %s whole.part.mp4) / 2))" whole.part.mp4 > half.mp4
make -f lavfi -i "$(picture 320x180 12 25)" "${X264[@]}" -g 250 -f mpegts far-key-frames.ts

# --- which track is the film -----------------------------------------------------------------------------------------
make -f lavfi -i "$(picture 640x360 2 30)" -f lavfi -i color=red:s=3840x2160:r=1:d=2 -map 0 -map 1 "${X264[@]}" \
    -disposition:v:0 default -disposition:v:1 0 film-is-default.mp4
make -f lavfi -i color=red:s=1600x1200:r=1:d=1 -f lavfi -i "$(picture 640x360 3 30)" -map 0 -map 1 -c:v:0 mjpeg -c:v:1 libx264 \
    -preset ultrafast -pix_fmt yuv420p -disposition:v 0 cover-first.mov
make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i sine=f=440:d=2 -f lavfi -i sine=f=880:d=2 -map 0 -map 1 -map 2 "${X264[@]}" \
    -c:a:0 pcm_s16le -c:a:1 aac sowt.part.mov
sed 's/sowt/mhm1/g' sowt.part.mov > sound-without-decoder-first.mov
make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i sine=d=2 "${X264[@]}" -c:a pcm_s16le sowt.part.mov
sed 's/sowt/zzzz/g' sowt.part.mov > sound-without-decoder.mov

# --- media that do not begin at their first byte -----------------------------------------------------------------------
make -f lavfi -i sine=d=2 -id3v2_version 0 -write_xing 0 plain.part.mp3
{ head -c 500 /dev/zero; cat plain.part.mp3; } > zeros-first.mp3
tail -c +100 plain.part.mp3 > within-a-frame.mp3
make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i sine=d=2 "${X264[@]}" -c:a aac -f mpegts plain.part.ts
tail -c +100 plain.part.ts > within-a-packet.ts
{ printf '\r\n\r\n'; cat plain.part.ts; } > blank-lines-first.ts
make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i sine=d=2 "${X264[@]}" -c:a ac3 -mpegts_m2ts_mode 1 -f mpegts plain.part.m2ts
tail -c +70 plain.part.m2ts > within-a-packet.m2ts
make -f lavfi -i sine=d=2 plain.part.flac
{ printf 'ID3\003\000\000\000\000\000\012'; head -c 10 /dev/zero; cat plain.part.flac; } > tagged.flac
make -f lavfi -i sine=d=2 -rf64 always sixty-four-bits.wav

# --- sound that is not as usual ---------------------------------------------------------------------------------------
readonly PHASE="aevalsrc='0.8*sin(880*PI*t)|-0.8*sin(880*PI*t)':c=stereo:s=48000:d=3"
make -f lavfi -i "$PHASE" -c:a pcm_s16le inverted.wav
make -f lavfi -i "$(picture 320x180 3 25)" -f lavfi -i "$PHASE" "${X264[@]}" -c:a aac inverted.mp4
for channels in 3 5 7 9 12 16; do
    make -f lavfi -i "sine=d=1:r=$((48000 * channels))" -f s16le interleaved.part
    make -guess_layout_max 0 -f s16le -ar 48000 -ac "$channels" -i interleaved.part -c copy "$channels-channels.wav"
done
readonly HOLE="aevalsrc='if(between(n,8000,8255),0/0,0.5*sin(880*PI*t))':s=16000:d=2"
make -f lavfi -i "$HOLE" -c:a pcm_f32le not-numbers.wav
make -f lavfi -i "$(picture 320x180 2 25)" -f lavfi -i "$HOLE" "${X264[@]}" -c:a pcm_f32le not-numbers.mov
make -f lavfi -i "aevalsrc=0/0:s=8000:d=1" -c:a pcm_f32le no-number-at-all.wav

# --- pictures ---------------------------------------------------------------------------------------------------------
make -f lavfi -i color=red:s=16x5000,format=rgb24,crop=1:5000 -frames:v 1 thin.png
make -f lavfi -i color=red:s=12000x2 -frames:v 1 flat.jpg

rm -f ./*.part ./*.part.* mono.mp3 stereo.mp3 five.ogg seven.ogg
