#include "storage/clamd.h"

#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "testing/running_clamd.h"
#include "testing/sample_files.h"

namespace livery::service_desk {
namespace {

using Verdict = Clamd::Verdict;

Clamd::Deadline In(int milliseconds) {
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

// What no clamd says on demand: reads `much` bytes, answers, closes.
class FakeClamd {
 public:
    FakeClamd(std::string answer, std::size_t much) {
        listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = socket();
        path.copy(address.sun_path, path.size());
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
        ::listen(listener_, 1);
        thread_ = std::thread([this, answer = std::move(answer), much] {
            const int line = ::accept(listener_, nullptr, nullptr);
            char buffer[4096];
            for (std::size_t read = 0; read < much;) {
                const auto size = ::recv(line, buffer, sizeof(buffer), 0);
                if (size <= 0) break;
                read += static_cast<std::size_t>(size);
            }
            ::send(line, answer.data(), answer.size(), MSG_NOSIGNAL);
            if (answer.empty()) {
                // Says nothing until the other side has had enough.
                while (::recv(line, buffer, sizeof(buffer), 0) > 0) {
                }
            }
            ::close(line);
        });
    }
    ~FakeClamd() {
        thread_.join();
        ::close(listener_);
    }
    std::string socket() const { return (folder_.path() / "s").string(); }

 private:
    testing::Folder folder_;
    int listener_ = -1;
    std::thread thread_;
};

TEST(Clamd, TheRealOneFindsWhatEveryoneFinds) {
    if (!testing::RunningClamd::IsInstalled()) GTEST_SKIP() << "no clamd on this machine";
    const testing::RunningClamd running;
    const Clamd clamd(running.socket());
    const auto found = clamd.Look(testing::Eicar(), In(20'000));
    EXPECT_EQ(found.verdict, Verdict::kFound);
    EXPECT_NE(found.words.find("Eicar-Test"), std::string::npos) << found.words;
    EXPECT_EQ(clamd.Look("harmless", In(20'000)).verdict, Verdict::kClean);
    EXPECT_EQ(clamd.Look(std::string(5'000'000, 'x'), In(20'000)).verdict, Verdict::kClean);
}

TEST(Clamd, WhatTheRealOneFindsTooLargeIsNotCalledClean) {
    if (!testing::RunningClamd::IsInstalled()) GTEST_SKIP() << "no clamd on this machine";
    const testing::RunningClamd running("StreamMaxLength 100K\n");
    const auto answer = Clamd(running.socket()).Look(std::string(5'000'000, 'x'), In(20'000));
    EXPECT_EQ(answer.verdict, Verdict::kUnanswered);
}

TEST(Clamd, NobodyThereIsNoAnswer) {
    const testing::Folder folder;
    const auto answer = Clamd((folder.path() / "none").string()).Look("x", In(1000));
    EXPECT_EQ(answer.verdict, Verdict::kUnanswered);
    EXPECT_EQ(answer.words, "No such file or directory");
    EXPECT_EQ(Clamd(std::string(200, '/')).Look("x", In(1000)).verdict, Verdict::kUnanswered);
}

TEST(Clamd, WaitsNoLongerThanAllowed) {
    const FakeClamd fake("", 10);
    const auto begun = std::chrono::steady_clock::now();
    const auto answer = Clamd(fake.socket()).Look("x", In(200));
    EXPECT_EQ(answer.verdict, Verdict::kUnanswered);
    EXPECT_EQ(answer.words, "no answer in time");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST(Clamd, TakesOnlyPlainWordsForClean) {
    using namespace std::string_literals;
    for (const std::string& words : {"INSTREAM size limit exceeded. ERROR\0"s, "stream: OK but\0"s,
                                     "OK\0"s, "\0"s, "stream: OK"s, "UNKNOWN COMMAND\0"s}) {
        const FakeClamd fake(words, 15);
        EXPECT_EQ(Clamd(fake.socket()).Look("x", In(5000)).verdict, Verdict::kUnanswered) << words;
    }
    const FakeClamd fake("stream: Win.Test.EICAR_HDB-1 FOUND\0"s, 15);
    EXPECT_EQ(Clamd(fake.socket()).Look("x", In(5000)).words, "Win.Test.EICAR_HDB-1");
}

}  // namespace
}  // namespace livery::service_desk
