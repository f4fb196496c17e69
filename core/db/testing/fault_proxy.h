#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace livery::db::testing {

// Stands between a client and a server's Unix socket and cuts a connection at the very place where
// a test wants it. Thread: construct and destroy from one.
class FaultProxy {
 public:
    enum class Fault {
        kNone,
        kBeforeServer,  // the command never reaches the server
        kBeforeAnswer,  // the server has done it, but the answer is lost
    };

    // Listens on `socket`, passes everything on to the server at `server`.
    FaultProxy(std::string socket, std::string server);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    // The next command whose bytes hold `words` (a COM_QUERY's text, say) meets `fault`, once.
    void Arm(Fault fault, std::string words);
    int faults() const { return faults_; }  // how many have happened

 private:
    void Accept();
    void Carry(int client);
    Fault Meets(std::string_view command);

    const std::string socket_;
    const std::string server_;
    int listener_;
    std::atomic<bool> ending_{false};
    std::atomic<int> faults_{0};
    std::mutex mutex_;  // guards all below
    Fault fault_ = Fault::kNone;
    std::string words_;
    std::list<std::thread> carriers_;
    std::thread acceptor_;  // last: it uses the others
};

}  // namespace livery::db::testing
