package dev.modgate.watcher.doctor;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class DoctorController {
  private final Doctor doctor;

  DoctorController(Doctor doctor) {
    this.doctor = doctor;
  }

  @GetMapping("/api/v1/doctor")
  DoctorView look() throws InterruptedException {
    return doctor.look();
  }
}
