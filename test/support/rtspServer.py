"""An RTSP camera on loopback: GStreamer's test picture as H.264 or JPEG.

Usage: /usr/bin/python3 rtspServer.py h264|jpeg|check [port]. Prints its port once it listens and
ends when standard input closes; `check` only tells by its exit status whether it could run here.
Debian packages: test/integration/debian-packages.txt.
"""

import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

ENCODERS = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 ! rtph264pay name=pay0 pt=96",
    "jpeg": "jpegenc ! rtpjpegpay name=pay0",
}
ELEMENTS = ("videotestsrc", "videoconvert", "x264enc", "rtph264pay", "jpegenc", "rtpjpegpay")
PICTURES = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=160,height=120,framerate=20/1,format=I420"


def main() -> None:
    codec = sys.argv[1]
    port = sys.argv[2] if len(sys.argv) > 2 else "0"
    Gst.init(None)
    if codec == "check":
        sys.exit(0 if all(Gst.ElementFactory.find(name) for name in ELEMENTS) else 1)
    loop = GLib.MainLoop()
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {PICTURES} ! videoconvert ! {ENCODERS[codec]} )")
    factory.set_shared(True)
    server.get_mount_points().add_factory("/cabin", factory)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    loop.run()


main()
