#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <livery/ports/document.h>

#include "process/channel.h"
#include "process/child_process.h"

namespace livery::pdf {

// Sets documents in a process of its own, livery-pdf: what breaks on a logo or a font breaks there.
// It is started by the first document and kept, for warm fonts; one document at a time. When it
// dies or hangs it is killed and started again, once for a document. Owns a thread, from which the
// process is started. Thread: any.
class WorkerRenderer final : public PdfRenderer {
 public:
    struct Options {
        std::vector<std::string> argv;                 // argv[0]: the path of livery-pdf
        std::chrono::milliseconds time_limit{10'000};  // of one try
        std::chrono::milliseconds wait_limit{30'000};  // until it is one's turn
        std::size_t most_waiting = 64;
    };
    explicit WorkerRenderer(Options options);
    ~WorkerRenderer() override;  // nobody may be inside Render

    Result<std::string> Render(const Document& document) override;

    pid_t pid() const { return pid_; }  // 0 while no process runs
    int starts() const { return starts_; }

 private:
    struct Job {
        std::string request;
        bool begun = false;
        std::optional<Result<std::string>> answer;
    };
    struct Worker {
        process::ChildProcess process;
        process::Channel channel;
    };

    void Run();
    void Start();
    void Drop();
    Result<std::string> Exchange(const std::string& request);
    std::optional<Result<std::string>> Try(const std::string& request);

    const Options options_;
    std::atomic<pid_t> pid_{0};
    std::atomic<int> starts_{0};
    std::unique_ptr<Worker> worker_;  // the thread's
    std::mutex mutex_;                // guards the fields below
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Job>> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace livery::pdf
