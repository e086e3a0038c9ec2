"""The helper process that decodes pictures: small, without network, limited in memory and time, and free to die.

Runs alone (``python -I picture_worker.py``), reads one JSON request on stdin and writes one JSON answer on stdout. It
imports nothing of cmdesk. A hostile picture can end this process and nothing else.
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

if sys.platform != "win32":
    import resource

#: 40 megapixels: above any camera that a community manager meets, below what hurts.
MAX_PIXELS = 40_000_000
MEMORY = 1_500_000_000
SECONDS = 20


class _TooLarge(Exception):
    pass


def limit() -> None:
    """Binds this process: memory, processor time, no core file. Windows has no such call; there the caller's time limit holds."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _open(path: str, kind: str) -> Image.Image:
    """Opens with the one decoder that fits the file's first bytes, and looks at the size before any pixel."""
    image = Image.open(path, formats=[kind])
    if image.width * image.height > MAX_PIXELS:
        raise _TooLarge
    return image


def clean(source: str, target: str, kind: str) -> dict[str, Any]:
    """Writes the picture anew, upright, without hidden data; a moving picture stays as it is, once all frames could be read."""
    with _open(source, kind) as image:
        frames: int = getattr(image, "n_frames", 1)
        if frames > 1:
            for number in range(min(frames, 500)):
                image.seek(number)
                image.load()
            Path(target).write_bytes(Path(source).read_bytes())
            return {"width": image.width, "height": image.height}
        image.load()
        upright = ImageOps.exif_transpose(image)
        turned = upright is not image and image.getexif().get(0x0112, 1) != 1
        profile = image.info.get("icc_profile")
        _save(upright if turned else image, target, kind, profile, turned)
        return {"width": upright.width, "height": upright.height}


def _save(image: Image.Image, target: str, kind: str, profile: bytes | None, turned: bool) -> None:
    hidden: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if kind == "JPEG":
        # "keep" takes over the tables of the original, so that nothing visible is lost; it needs the untouched picture.
        quality: dict[str, Any] = {"quality": 95, "subsampling": 0} if turned else {"quality": "keep"}
        image.info.pop("comment", None)
        image.save(target, "JPEG", exif=b"", **quality, **hidden)
    elif kind == "PNG":
        # Only what is drawn is taken over: a fresh picture has none of the text fields.
        fresh = image.copy()
        fresh.info = {name: image.info[name] for name in ("transparency", "gamma") if name in image.info}
        fresh.save(target, "PNG", **hidden)
    elif kind == "WEBP":
        image.save(target, "WEBP", quality=92, method=4, exif=b"", xmp=b"", **hidden)
    else:
        fresh = image.copy()
        fresh.info = {name: image.info[name] for name in ("transparency", "background") if name in image.info}
        fresh.save(target, "GIF")


def thumbnail(source: str, target: str, kind: str, side: int) -> dict[str, Any]:
    """Writes a PNG that fits into a square of ``side`` pixels."""
    with _open(source, kind) as image:
        image.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(image)
        mode = "RGBA" if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info else "RGB"
        small = upright.convert(mode)
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        small.info = {}
        small.save(target, "PNG")
        return {"width": small.width, "height": small.height}


def fit(source: str, target: str, kind: str, side: int, most: int) -> dict[str, Any]:
    """Writes the picture so that it fits into a square of ``side`` pixels and ``most`` bytes, losing as little as it can."""
    with _open(source, kind) as image:
        image.load()
        upright = ImageOps.exif_transpose(image)
        clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        whole = upright.convert("RGBA" if clear else "RGB")
        whole.info = {}
        while True:
            fitted = whole.copy()
            fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
            if clear:
                fitted.save(target, "PNG", optimize=True)
                if Path(target).stat().st_size <= most:
                    return {"width": fitted.width, "height": fitted.height, "kind": "PNG"}
                ground = Image.new("RGB", fitted.size, "white")
                ground.paste(fitted, mask=fitted.getchannel("A"))
                fitted = ground
            for quality in (92, 85, 75, 65):
                fitted.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
                if Path(target).stat().st_size <= most or (side <= 64 and quality == 65):
                    return {"width": fitted.width, "height": fitted.height, "kind": "JPEG"}
            side = max(64, side * 3 // 4)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Does what is asked; a picture that can't be read is an answer too."""
    try:
        if request["do"] == "clean":
            return clean(request["source"], request["target"], request["kind"])
        if request["do"] == "fit":
            side, most = int(request["side"]), int(request["bytes"])
            return fit(request["source"], request["target"], request["kind"], side, most)
        return thumbnail(request["source"], request["target"], request["kind"], int(request["side"]))
    except (_TooLarge, Image.DecompressionBombError):
        return {"error": "too_many_pixels"}
    except MemoryError:
        return {"error": "too_large"}
    except OSError as error:
        return {"error": "disk" if error.errno else "damaged"}
    except Exception:  # noqa: BLE001 - decoders of hostile files raise whatever they like
        return {"error": "damaged"}


def main() -> int:
    """One request, one answer."""
    limit()
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
