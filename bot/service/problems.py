"""Errors as problem documents (RFC 9457)."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from recommender.errors import IndexUnavailableError

logger = logging.getLogger(__name__)


def problem(status: int, detail: str, **more: object) -> JSONResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse(
        {**body, "detail": detail, **more}, status, media_type="application/problem+json"
    )


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem document, and none of them a traceback."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(IndexUnavailableError, _no_index)
    app.add_exception_handler(Exception, _unexpected)


def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - narrows the type that Starlette promises
    logger.info("%s %s: %d", request.method, request.url.path, error.status_code)
    response = problem(error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    errors = [
        {"field": ".".join(str(part) for part in each["loc"][1:]), "message": each["msg"]}
        for each in error.errors()
    ]
    logger.info("%s %s: 422 of %s", request.method, request.url.path, [e["field"] for e in errors])
    detail = "; ".join(f"{each['field'] or 'body'}: {each['message']}" for each in errors)
    return problem(422, detail, errors=jsonable_encoder(errors))


def _no_index(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s", error)
    return problem(503, "The shop's search is not available. The log says why.")


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    logger.exception("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "Something went wrong in the shop's assistant. The log has the details.")
