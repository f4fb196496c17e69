#include <exception>
#include <optional>

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pdf/render/fonts.h"
#include "pdf/render/render.h"
#include "pdf/wire.h"
#include "process/channel.h"

// livery-pdf: takes documents on its standard input, a socket, and answers with PDFs until the
// other end is closed. Started by WorkerRenderer.
namespace livery::pdf {

namespace {

Error Unavailable(const char* why) { return {ErrorCode::kUnavailable, why, {}}; }

Result<std::string> Answer(const std::string& request) {
    try {
        const std::optional<Document> document = DecodeDocument(request);
        if (!document) return Unavailable("a request that is none");
        return RenderDocument(*document);
    } catch (const std::exception& failure) {
        return Unavailable(failure.what());
    }
}

// Descriptors of the host that were not closed on exec are none of ours, and a document that takes
// all memory shall end this process, not the host. What people are sent is never written to a disk:
// the limit alone would not hold where the kernel hands cores to a program.
void GiveUpWhatIsNotNeeded() {
    ::close_range(3, ~0U, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they map terabytes
    constexpr rlim_t kMostMemory = rlim_t{2} << 30;
    const rlimit memory{kMostMemory, kMostMemory};
    ::setrlimit(RLIMIT_AS, &memory);
#endif
}

// Every document copies the tables of its fonts, 16 MB of a Chinese one: memory that was given back
// and fetched again would cost a tenth of the time.
void KeepMemory() {
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

int Serve() {
    GiveUpWhatIsNotNeeded();
    KeepMemory();
    std::optional<Error> broken;
    try {
        LoadFonts();
    } catch (const std::exception& failure) {
        broken = Unavailable(failure.what());
    }
    process::Channel channel(STDIN_FILENO);
    std::string request;
    while (channel.Receive(request, process::Channel::kForever) ==
           process::Channel::Outcome::kDone) {
        const Result<std::string> answer = broken ? Result<std::string>(*broken) : Answer(request);
        if (channel.Send(EncodeAnswer(answer), process::Channel::kForever) !=
            process::Channel::Outcome::kDone)
            break;
    }
    return 0;
}

}  // namespace

}  // namespace livery::pdf

#ifdef __SANITIZE_THREAD__
// pango looks for fonts in threads of its own, which ThreadSanitizer sees by halves. Ours has one.
extern "C" __attribute__((visibility("default"))) const char* __tsan_default_options() {
    return "ignore_noninstrumented_modules=1";
}
#endif

int main() {
    // Libraries keep what they loaded until the end, so there is nothing to take down in order.
    ::_exit(livery::pdf::Serve());
}
