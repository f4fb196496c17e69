#include "http/page_thread.h"

namespace livery::http {

namespace {

thread_local bool here = false;

}  // namespace

PageThread::PageThread() { here = true; }
PageThread::~PageThread() { here = false; }
bool PageThread::Here() { return here; }

}  // namespace livery::http
