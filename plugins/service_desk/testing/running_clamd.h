#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/clamd.h"

namespace livery::service_desk::testing {

// A folder of a test's own.
class Folder {
 public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "desk-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() {
        std::error_code none;
        std::filesystem::remove_all(path_, none);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

// Debian's own clamd, with a database of one signature, so that no network is needed: that of the
// EICAR file, by the MD5 of its content.
class RunningClamd {
 public:
    static bool IsInstalled() { return std::filesystem::exists(kProgram); }

    explicit RunningClamd(const std::string& more = "") {
        const auto& folder = folder_.path();
        std::filesystem::create_directory(folder / "database");
        std::ofstream(folder / "database/eicar.hdb")
            << "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n";
        std::ofstream(folder / "clamd.conf")
            << "LocalSocket " << socket() << "\nDatabaseDirectory "
            << (folder / "database").string() << "\nForeground yes\nUser root\nLogFile "
            << (folder / "log").string() << "\n"
            << more;
        const std::string config = "--config-file=" + (folder / "clamd.conf").string();
        char* const words[]{const_cast<char*>(kProgram), const_cast<char*>(config.c_str()),
                            nullptr};
        posix_spawn_file_actions_t quiet;
        ::posix_spawn_file_actions_init(&quiet);
        for (const int stream : {1, 2})
            ::posix_spawn_file_actions_addopen(&quiet, stream, "/dev/null", O_WRONLY, 0);
        ::posix_spawn(&process_, kProgram, &quiet, nullptr, words, environ);
        ::posix_spawn_file_actions_destroy(&quiet);
        for (int i = 0; i < 600 && !Answers(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ~RunningClamd() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    RunningClamd(const RunningClamd&) = delete;
    RunningClamd& operator=(const RunningClamd&) = delete;

    std::string socket() const { return (folder_.path() / "clamd.ctl").string(); }

 private:
    static constexpr const char* kProgram = "/usr/sbin/clamd";
    bool Answers() const {
        return Clamd(socket())
                   .Look("x", std::chrono::steady_clock::now() + std::chrono::seconds(5))
                   .verdict == Clamd::Verdict::kClean;
    }

    Folder folder_;
    pid_t process_ = 0;
};

}  // namespace livery::service_desk::testing
